// `npm start`: installs what is missing and serves the app. Vite prints the address; arguments go on to it (`-- --port 8080`).
import { bin, installMissing, run } from './setup.mjs';

installMissing();
process.exit(run(bin('vite'), process.argv.slice(2)));
