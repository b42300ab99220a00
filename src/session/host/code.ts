// The simulation comes in two parts, in chunks and files of their own: the first is what a fresh lab's prompt takes, the rest comes after it
// is drawn. Meanwhile keys are echoed, and the world stops before anything that needs more.
/** Starts fetching the first part; called early, so that the fetch overlaps with drawing the page. */
export const loadStart = () => import('../core/start.ts');
/** All of it, the first part included. */
export const loadWhole = () => import('../core/index.ts');
