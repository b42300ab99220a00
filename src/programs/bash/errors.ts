/** What leaves a command early: control flow of the language, and errors that end it. */

/** `break`, `continue`, `return`, `exit` on their way up. */
export class Leave extends Error {
  readonly how: 'break' | 'continue' | 'return' | 'exit';
  readonly levels: number;
  readonly status: number;
  constructor(how: 'break' | 'continue' | 'return' | 'exit', levels: number, status: number) {
    super(how);
    this.how = how;
    this.levels = levels;
    this.status = status;
  }
}
/** An expansion or assignment error: the message is printed, the command line is given up. */
export class ShellError extends Error {
  readonly status: number;
  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}
/** ^C at the shell itself. */
export class Interrupted extends Error {}
/** A command that cannot be started; the line goes on. */
export class NotFound extends ShellError {
  constructor(message: string, status = 127) { super(message, status); }
}
