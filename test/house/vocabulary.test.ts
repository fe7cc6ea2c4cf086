/**
 * Every code of the vocabulary has a source that reports it, and a test that triggers it through a real socket; the few that
 * only a written transcript or made-up facts trigger are listed here with the reason.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { findingCodes, type FindingCode } from '#shared/diagnosis/codes.ts'

const root = resolve(import.meta.dirname, '../..')

const sasl = 'the mechanisms are tried end to end in memory, against machines that lie'
const written: Partial<Record<FindingCode, string>> = {
  'banner-slow': 'a greeting counts as slow after five seconds, which no test waits out',
  'auth-server-unproven': sasl,
  'auth-binding-broken': sasl,
  'auth-weaker-chosen': sasl,
}

const textsOf = (...folders: string[]): [string, string][] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry): [string, string] => {
        const path = join(entry.parentPath, entry.name)
        return [path, readFileSync(path, 'utf8')]
      }),
  )

/** As a string, or as the key of a table. */
const names = (text: string, code: string): boolean =>
  new RegExp(`['"\`]${code}['"\`]|^\\s*${code}:`, 'm').test(text)

/** Tests that open sockets themselves or start what does. */
const opensSockets = ([path, text]: [string, string]): boolean =>
  path.includes('/peers/') ||
  path.includes('/e2e/') ||
  /dialogue\/scriptedServer|support\/probe\.ts|server\/run\.ts|server\/talk|support\/dns|from 'node:(?:net|tls|dgram)'/.test(
    text,
  )

const sources = textsOf('shared/diagnosis', 'shared/smtp/machine', 'electron/engine').filter(
  ([path]) => !path.endsWith('diagnosis/codes.ts'),
)
const tests = textsOf('test/peers', 'test/e2e', 'test/electron')
  .filter(([path]) => /\.test\.tsx?$/.test(path))
  .filter(opensSockets)

test('every code has a source that reports it', () => {
  const without = [...findingCodes.keys()].filter((code) => !sources.some(([, text]) => names(text, code)))
  expect(without).toEqual([])
})

const real = (code: string): boolean => tests.some(([, text]) => names(text, code))

test('every code is triggered through a real socket, or listed with the reason why not', () => {
  const without = [...findingCodes.keys()].filter((code) => !real(code))
  expect(without.filter((code) => !(code in written))).toEqual([])
})

test('what is listed has no such test, or it would be listed no more', () => {
  expect(Object.keys(written).filter(real)).toEqual([])
})
