/** Owns: the places where a dialogue may pause, in the words of chips and menus, for either end. */

const shared = ['EHLO', 'STARTTLS', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'BDAT', '.', 'QUIT'] as const
export const breakpointChoices = [...shared, '4xx', '5xx', '2xx', '3xx'] as const
/** At our own server the greeting can be held too. */
export const serverBreakpointChoices = ['CONNECT', ...breakpointChoices] as const

export type Role = 'client' | 'server'

/** Of a verb the verb; `.` ends the message; of a reply class or code the reply, or what follows it. */
export function breakpointWords(breakpoint: string, role: Role = 'client'): string {
  if (breakpoint === '.') return 'the end of the message'
  if (breakpoint === 'CONNECT') return 'the greeting'
  const reply = /^[2-5]xx$/.test(breakpoint)
    ? `any ${breakpoint}`
    : /^[2-5]\d\d$/.test(breakpoint)
      ? breakpoint
      : ''
  if (reply === '') return breakpoint
  return role === 'server' ? reply : `what follows ${reply}`
}

/** An exact code as a breakpoint, or why it is none, with what would be right. */
export function codeBreakpoint(text: string): { ok: true; code: string } | { ok: false; problem: string } {
  const code = text.trim()
  if (/^[2-5]\d\d$/.test(code)) return { ok: true, code }
  return {
    ok: false,
    problem: `“${code.slice(0, 20)}” is no reply code; write three digits from 200 to 599, as 451.`,
  }
}
