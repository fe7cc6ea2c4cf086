/** Owns: the words by which the desktop's page asks its preload script for a port, and the preload the main process. */

/** Page to preload, by `window.postMessage`. */
export const portPlease = 'relayscope-port-please'
/** Preload to page, the page's port transferred beside it; and preload to main process, with the other end. */
export const portHere = 'relayscope-port'
