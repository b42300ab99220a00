// What waits in the first lab, as its terminal has it: two commands and what the node answers. An end-to-end test compares it with the lab.

export const prompt = 'controlplane ~ ➜';

export interface Line {
  readonly isTyped: boolean;
  readonly text: string;
}

const typed = (text: string): Line => ({ isTyped: true, text });
const printed = (text: string): Line => ({ isTyped: false, text });

export const sight: readonly Line[] = [
  typed('kubectl get po'),
  printed('NAME                   READY   STATUS    RESTARTS   AGE'),
  printed('app-7f9667c9d9-xjp49   0/1     Pending   0          36s'),
  typed('kubectl describe po app | grep Events'),
  printed('Events:                      <none>'),
  typed(''),
];
