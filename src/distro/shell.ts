/** The program behind a prompt that stands, as far as keys take it. */
export { front } from '../programs/bash/front.ts';
