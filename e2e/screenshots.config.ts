// As the end-to-end tests, but for taking pictures.
import config from './playwright.config.ts';

export default { ...config, testMatch: 'screenshots.ts', reporter: 'list' };
