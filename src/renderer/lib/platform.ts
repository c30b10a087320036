/** The page does as its platform does, also in a browser, which says what it runs on. */
export const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac');
