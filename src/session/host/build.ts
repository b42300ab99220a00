// Which build of the simulation this page carries (see tools/build-id.mjs). What another build kept does not run here.
declare const __BUILD__: string;

/** The bundler writes it in. */
export const build = __BUILD__;
