/** Owns: the places where a dialogue may pause, in the words of chips and menus. */

export const breakpointChoices = ['EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'BDAT', '.', 'QUIT', '4xx', '5xx'] as const // prettier-ignore

/** Of a verb the verb; `.` ends the message; `4xx` and `5xx` stop after such a reply, before the line that follows. */
export function breakpointWords(breakpoint: string): string {
  if (breakpoint === '.') return 'the end of the message'
  return /^[2345]xx$/.test(breakpoint) ? `what follows any ${breakpoint}` : breakpoint
}
