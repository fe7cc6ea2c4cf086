/** Owns: telling a stand-in of a redacted transcript from an address that somebody has (things.ts makes them). */

/** As `person1@shop.example` of a real domain, and `info@host2.domain1.example`: `.example` is nobody's (RFC 2606 §2). */
const person = /^person\d{1,7}@/i
const name = /@(?:[\w-]{1,63}\.){0,8}(?:host|domain)\d{1,7}\.example$/i

export const isStandInAddress = (address: string): boolean => person.test(address) || name.test(address)
