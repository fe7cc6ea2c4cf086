/** Owns: one line of the client in plain words: the verb, what follows it, and each parameter as a part of its own. */
import { findMechanism } from '#shared/knowledge/mechanisms.ts'
import { findParameter } from '#shared/knowledge/parameters.ts'
import { findVerb, type VerbRow } from '#shared/knowledge/verbs.ts'
import type { EventOf } from '#shared/transcript/event.ts'
import { byHand } from '#shared/transcript/shown.ts'
import { answerParts, type AuthStep } from './authStep.ts'
import { only, type Explanation, type Meaning, type Part } from './explanation.ts'
import { lineParts, type LineParts } from './wire.ts'

/** Parameters taken apart; what is beyond stays one part. */
const mostParameters = 20

interface Taken {
  parts: Part[]
  meanings: Meaning[]
  references: string[]
}

const nothing = (): Taken => ({ parts: [], meanings: [], references: [] })

/** `FROM:<address>` with quoted local parts and one space where old clients put it, then the rest. */
const pathForm = /^((?:FROM|TO): ?(?:<(?:"(?:[^"\\]|\\.)*"|[^"<>])*>|\S+))(.*)$/is

function parametersOf(of: string, text: string): Taken {
  const taken = nothing()
  const words = text.split(' ').filter(Boolean)
  for (const word of words.slice(0, mostParameters)) {
    const keyword = word.split('=', 1)[0] ?? ''
    const row = findParameter(of, keyword)
    taken.parts.push({ text: word, label: row?.label ?? 'parameter', look: 'text' })
    taken.meanings.push({ part: keyword, words: row?.words ?? 'Our tables do not know this parameter.' })
    if (row) taken.references.push(row.reference)
  }
  const left = words.slice(mostParameters).join(' ')
  if (left) taken.parts.push({ text: left, label: 'more parameters', look: 'text' })
  return taken
}

function pathAndParameters(row: VerbRow, text: string): Taken {
  const [, path, after = ''] = pathForm.exec(text) ?? []
  if (path === undefined) return argumentOf(row, text)
  const first = argumentOf(row, path)
  const { parts, meanings, references } = parametersOf(row.verb, after)
  return {
    parts: [...first.parts, ...parts],
    meanings: [...first.meanings, ...meanings],
    references,
  }
}

function argumentOf(row: VerbRow | undefined, text: string): Taken {
  if (text === '') return nothing()
  const parts: Part[] = [{ text, label: row?.argument || 'argument', look: 'text' }]
  const word = row?.verb === 'MAIL' ? 'FROM' : row?.verb === 'RCPT' ? 'TO' : undefined
  if (row?.verb === 'MAIL' && /<>/.test(text))
    return { ...nothing(), parts, meanings: [{ part: '<>', words: 'No sender: this is itself a report, so it never bounces.' }] } // prettier-ignore
  const meanings = row?.argumentWords ? [{ part: word ?? row.verb, words: row.argumentWords }] : []
  return { ...nothing(), parts, meanings }
}

function signIn({ verb, rest, secret }: LineParts, step: AuthStep | undefined): Taken {
  const name = verb.split(' ')[1] ?? ''
  const row = findMechanism(name)
  const meanings = row
    ? [
        { part: name, words: row.words },
        { part: 'wire', words: row.wire },
        { part: 'protection', words: row.protects },
      ]
    : name
      ? [{ part: name, words: 'Our tables do not know this way of signing in.' }]
      : []
  const label = secret ? 'secret, never recorded' : 'initial response'
  const inside = secret && step ? answerParts(step) : { parts: [], meanings: [] }
  const parts: Part[] = rest ? [{ text: rest, label, look: secret ? 'secret' : 'text' }] : []
  return {
    parts: inside.parts.length > 0 ? inside.parts : parts,
    meanings: [...meanings, ...inside.meanings],
    references: row ? [row.reference] : [],
  }
}

function takeApart(row: VerbRow | undefined, line: LineParts, step: AuthStep | undefined): Taken {
  const { rest, secret } = line
  if (row?.verb === 'AUTH') return signIn(line, step)
  if (secret) {
    const inside = step ? answerParts(step) : { parts: [], meanings: [] }
    if (inside.parts.length > 0) return { ...nothing(), ...inside }
    return { ...nothing(), parts: [{ text: rest, label: 'secret, never recorded', look: 'secret' }] }
  }
  if (row?.verb === 'MAIL' || row?.verb === 'RCPT') return pathAndParameters(row, rest)
  return argumentOf(row, rest)
}

/** A dot alone on its line, after the content: no command, but what ends the message. */
export const endsMessage = ({ phase, raw }: EventOf<'line'>): boolean =>
  phase === 'body' && /^\.\r?\n?$/.test(raw)

const endOfMessage: Explanation = {
  ...only(
    'The client ends the message with a dot alone on its line. The server now says whether it takes it.',
  ),
  parts: [{ text: '.', label: 'end of the message', look: 'verb' }],
  references: ['RFC 5321 §4.1.1.4'],
}

const handWords = { '': '', changed: ' A person changed this line before it was sent.', added: ' A person added this line.' } // prettier-ignore

/** `step`: where in an AUTH exchange the line stands. */
export function explainLine(event: EventOf<'line'>, step?: AuthStep): Explanation {
  if (endsMessage(event) && !event.edited) return endOfMessage
  const line = lineParts(event)
  const { verb, rest } = line
  const row = findVerb(event.verb ?? '')
  const taken = takeApart(row, line, step)
  const parts = [...taken.parts]
  if (verb)
    parts.unshift({ text: verb, label: verb.includes(' ') ? 'command, mechanism' : 'command', look: 'verb' })
  const answers = rest === '*' ? 'The client gives up signing in.' : 'The client answers the server’s question while signing in.' // prettier-ignore
  const answer = event.phase === 'auth' ? answers : null
  const plain = row?.words ?? answer ?? 'The client sent a line that is no known command.'
  return {
    ...only(plain + (event.edited ? handWords[byHand(event)] : '')),
    parts,
    meanings: taken.meanings,
    references: [...new Set([...(row ? [row.reference] : []), ...taken.references])],
  }
}
