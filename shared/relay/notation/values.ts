/**
 * Owns: the values of directives: yes and no, waits, rates, hosts with a port. Each answers with the value or with words that
 * follow it: what is wrong and what would be right.
 */
import { domainKey } from '../domainKey.ts'
import { isHostName } from '../../smtp/grammar/domain.ts'

/** What is wrong with a value, in words that follow it. */
export class Wrong {
  readonly words: string
  constructor(words: string) {
    this.words = words
  }
}
export type Read<T> = T | Wrong

const yes = new Set(['true', 'yes', 'on', '1'])
const no = new Set(['false', 'no', 'off', '0'])

export function readFlag(value: string): Read<boolean> {
  const word = value.toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : new Wrong('is neither true nor false')
}

const units: readonly (readonly [string, number])[] = [
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
]
const perUnit = new Map(units)
const longest = 30 * 86_400_000
const waitShape = /^(?:\d{1,7}[wdhms]){1,5}$/

/** `10m`, `4d12h`: milliseconds. */
export function readWait(value: string): Read<number> {
  const text = value.toLowerCase()
  if (!waitShape.test(text)) return new Wrong('is no time; write it with units, as 90s, 10m, 2h or 4d12h')
  const parts = [...text.matchAll(/(\d+)([wdhms])/g)]
  const sum = parts.reduce((total, [, count, unit]) => total + Number(count) * perUnit.get(unit!)!, 0)
  if (sum < 1000) return new Wrong('is no time at all; one second is the least')
  return sum > longest ? new Wrong('is more than 30 days') : sum
}

/** As `readWait` reads it again; parts of a second are left out. */
export function printWait(milliseconds: number): string {
  let left = Math.max(1, Math.floor(milliseconds / 1000)) * 1000
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size)
    left -= count * size
    return count === 0 ? [] : [`${count}${unit}`]
  })
  return parts.join('')
}

/** Waits with commas between them. */
export function readWaits(value: string): Read<number[]> {
  const parts = value.split(',').map((one) => one.trim())
  if (parts.length > 50) return new Wrong('has more than 50 waits; the last one holds for all further tries')
  const waits: number[] = []
  for (const part of parts) {
    const wait = readWait(part)
    if (wait instanceof Wrong) return parts.length === 1 ? wait : new Wrong(`has one that ${wait.words}`) // prettier-ignore
    waits.push(wait)
  }
  return waits
}

export function readCount(value: string, most: number): Read<number> {
  const count = /^\d{1,9}$/.test(value) ? Number(value) : 0
  return count >= 1 && count <= most ? count : new Wrong(`is no whole number from 1 to ${most}`)
}

const rateUnits = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** `1000/h`. */
export function readRate(value: string): Read<{ messages: number; per: number }> {
  const [, count, unit] = /^(\d{1,9})\/([smhd])(?:|in|ec|our|ay)$/i.exec(value) ?? []
  const messages = Number(count ?? 0)
  const per = rateUnits.get(unit?.toLowerCase() ?? '')
  return messages < 1 || per === undefined
    ? new Wrong('is no rate; write it as 100/m or 1000/h')
    : { messages, per }
}

export function printRate({ messages, per }: { messages: number; per: number }): string {
  const unit = [...rateUnits].find(([, size]) => size === per)?.[0]
  return unit === undefined
    ? `${Math.max(1, Math.floor((messages * 86_400_000) / per))}/d`
    : `${messages}/${unit}`
}

/** Where a smarthost is spoken to that is named without a port: submission (RFC 6409 §3.1), over TLS from the start 465 (RFC 8314 §3.3). */
export const smarthostPort = (tls: string): number => (tls === 'implicit' ? 465 : 587)

/** `host:port`, `[::1]:port`; without a port the default. */
export function readHostPort(value: string, port: number | null): Read<{ host: string; port: number }> {
  const [, six, name, given] = /^(?:\[([\da-f:.]+)\]|([^\s:[\]/]+))(?::(\d{1,5}))?$/iu.exec(value) ?? []
  const host = six ?? name
  if (host === undefined || (six === undefined && !isHostName(domainKey(host)))) return new Wrong('is no host with a port; write it as mail.example.com:587 or [2001:db8::1]:25')
  const number = given === undefined ? port : Number(given)
  if (number === null) return new Wrong('has no port; write it behind a colon, as 10.0.1.22:587')
  if (number < 1 || number > 65_535) return new Wrong('has a port that is none of 1 to 65535')
  return { host, port: number }
} // prettier-ignore

/** RFC 5321 §4.1.2: what may be said in EHLO, in ASCII; with `wildcard`: what mail may go to, as it is written (RFC 6531 §3.3). */
export function readDomain(value: string, wildcard: boolean): Read<string> {
  if (wildcard && value === '*') return value
  const name = wildcard && value.startsWith('*.') ? value.slice(2) : value
  if (isHostName(wildcard ? domainKey(name) : name)) return value.toLowerCase()
  return new Wrong(`is no domain; write it as example.com${wildcard ? ' or *.example.com' : ''}`)
} // prettier-ignore
