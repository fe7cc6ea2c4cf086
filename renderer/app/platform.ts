/** Owns: what differs by platform in the page's words. */

/** The platform's name in capitals and small letters, as the browser tells it. */
const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent)

export const commandKey = (): 'Cmd' | 'Ctrl' => (isApple() ? 'Cmd' : 'Ctrl')
