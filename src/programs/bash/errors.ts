/** What leaves a command early: control flow of the language, and errors that end it. */

/** `line`: what is left of the line is given up. */
type Way = 'break' | 'continue' | 'return' | 'exit' | 'line';
/** `break`, `continue`, `return`, `exit` on their way up. */
export class Leave extends Error {
  readonly how: Way;
  readonly levels: number;
  readonly status: number;
  constructor(how: Way, levels: number, status: number) {
    super(how);
    this.how = how;
    this.levels = levels;
    this.status = status;
  }
}
/** A command that failed before it ran: the message is printed. */
export class ShellError extends Error {
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}
/** An expansion that cannot be: the rest of the line is given up, too. */
export class ExpansionError extends ShellError {}
/** ^C at the shell itself. */
export class Interrupted extends Error {}
/** A command that cannot be started; the line goes on. */
export class NotFound extends ShellError {
  constructor(message: string, status = 127) { super(message, status); }
}
