/** Owns: holding incoming clients, as choices in words. */
import type { HoldRules } from '#shared/rpc/contract/server.ts'

export const whoChoices = [
  { value: 'every', label: 'Every new client' },
  { value: 'next', label: 'The next one only' },
  { value: 'address', label: 'From one address' },
] as const
export type Who = (typeof whoChoices)[number]['value']

/** Where a client can be made to wait, in the order of a session. */
export const placeChoices = [
  { value: 'CONNECT', label: 'the greeting' },
  { value: 'EHLO', label: 'EHLO' },
  { value: 'STARTTLS', label: 'STARTTLS' },
  { value: 'AUTH', label: 'AUTH' },
  { value: 'MAIL', label: 'MAIL' },
  { value: 'RCPT', label: 'RCPT' },
  { value: 'DATA', label: 'DATA' },
  { value: '.', label: 'the end of the message' },
  { value: '4xx', label: 'any 4xx' },
  { value: '5xx', label: 'any 5xx' },
] as const

/** What the switch turns on: the two moments at which a mail is decided. */
export const firstRules: HoldRules = { who: 'every', step: false, breakpoints: ['RCPT', '.'] }
export const noRules: HoldRules = { who: 'off', step: false, breakpoints: [] }

/** The rules with a place more or less. */
export function withPlace(rules: HoldRules, place: string, on: boolean): HoldRules {
  const rest = rules.breakpoints.filter((one) => one !== place)
  return { ...rules, breakpoints: on ? [...rest, place] : rest }
}

/** As "1 client waits for your answer"; '' while none does. */
export function heldWords(held: readonly string[]): string {
  if (held.length === 0) return ''
  return held.length === 1 ? '1 client waits for your answer' : `${held.length} clients wait for your answer`
}
