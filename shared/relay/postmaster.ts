/**
 * Owns: `RCPT TO:<postmaster>` without a domain, which every server has to take from everybody (RFC 5321 §4.5.1). It is
 * this server itself: no way leads on from it, so that taking it relays nothing, whatever the rules say. Pure.
 */

/** In any case of the letters; an address with a domain is somebody there, and decided by the rules. */
export const isOwnPostmaster = (recipient: string): boolean => recipient.toLowerCase() === 'postmaster'

export const ownPostmasterRule = 'postmaster of this server'
export const ownPostmasterWords = 'Kept in the Inbox: it is to the postmaster of this server'
