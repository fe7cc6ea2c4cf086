/** Owns: the ends that a leg can come to before any server is dialled: basic and enhanced code (RFC 3463) with words. */
import type { Failed } from './types.ts'

const failed =
  (permanent: boolean, code: number, enhanced: string) =>
  (words: string): Failed => ({ kind: 'failed', permanent, code, enhanced, words: words.slice(0, 1000) })

/** RFC 7505 §4: the domain takes no mail at all. */
export const takesNoMail = failed(true, 556, '5.1.10')
export const noSuchDomain = failed(true, 550, '5.1.2')
/** Its exchangers exist, and none of them can be reached by anybody. */
export const noWay = failed(true, 550, '5.4.4')
export const noWayYet = failed(false, 451, '4.4.4')
export const dnsSilent = failed(false, 451, '4.4.3')
export const loopsBack = failed(true, 554, '5.4.6')
/** A person pointed the relay at itself: they can mend it, and no mail is lost meanwhile. */
export const loopsBackYet = failed(false, 451, '4.4.6')
/** The relay's own rules cannot be followed as they are. */
export const wrongRules = failed(false, 451, '4.3.5')
/** RFC 8689 §5: REQUIRETLS cannot be kept. */
export const tlsNotProven = failed(true, 550, '5.7.30')
