/** Owns: states and edges of the transition table in words for the page: short names, and what may happen next. */
import {
  clientEdges,
  clientStates,
  serverEdges,
  serverStates,
  type ClientState,
  type ServerState,
} from '#shared/smtp/machine/table.ts'
import type { End } from './stateSteps.ts'

const clientNames: Readonly<Record<ClientState, string>> = {
  connecting: 'Not connected',
  greeting: 'Awaits greeting',
  fresh: 'Greeted',
  ready: 'Ready',
  starttls: 'Asked for TLS',
  handshake: 'Agreeing TLS',
  auth: 'Signing in',
  envelope: 'Envelope',
  content: 'Sends content',
  chunks: 'Between pieces',
  final: 'Awaits verdict',
  quit: 'Said QUIT',
  done: 'Over',
}

const serverNames: Readonly<Record<ServerState, string>> = {
  connecting: 'Not connected',
  fresh: 'Greeted',
  ready: 'Ready',
  handshake: 'Agreeing TLS',
  auth: 'Checks sign-in',
  envelope: 'Has a sender',
  addressed: 'Has recipients',
  data: 'Reads content',
  discard: 'Throws away',
  chunk: 'Reads a piece',
  chunks: 'Between pieces',
  commit: 'Stores',
  done: 'Over',
}

const at = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** Two words for a node of the map. */
export const stateName = (end: End, state: string): string =>
  at(end === 'client' ? clientNames : serverNames, state) ?? state

/** The table's own sentence. */
export const stateSentence = (end: End, state: string): string =>
  at(end === 'client' ? clientStates : serverStates, state) ?? ''

interface EdgeWords {
  /** On the line of the map. */
  short: string
  /** In a list. */
  words: string
}

const clientWords: Readonly<Record<string, EdgeWords>> = {
  opened: { short: 'connect', words: 'the connection opens' },
  greeted: { short: '220', words: 'the server greets with 220' },
  hello: { short: 'EHLO', words: 'EHLO or HELO, answered with 250' },
  starttls: { short: 'STARTTLS', words: 'STARTTLS is said' },
  refused: { short: 'refused', words: 'the server says no to STARTTLS (454 or 5yz)' },
  secure: { short: '220', words: '220 to STARTTLS: the handshake begins' },
  secured: { short: 'TLS', words: 'TLS is agreed, and everything known is forgotten' },
  auth: { short: 'AUTH', words: 'AUTH is said' },
  mail: { short: 'MAIL', words: 'MAIL FROM, answered with 250' },
  reset: { short: 'RSET', words: 'RSET, answered with 250' },
  'go-ahead': { short: 'DATA, 354', words: 'DATA, answered with 354' },
  'end-of-data': { short: 'final dot', words: 'the content ends with a dot on its own line' },
  chunk: { short: 'BDAT', words: 'a piece by BDAT, answered with 250' },
  'last-chunk': { short: 'LAST', words: 'the last piece, by BDAT LAST' },
  quit: { short: 'QUIT', words: 'QUIT is said' },
  over: { short: 'close', words: 'the connection ends' },
}

const serverWords: Readonly<Record<string, EdgeWords>> = {
  opened: { short: 'connect', words: 'a client connects and is greeted with 220' },
  hello: { short: 'EHLO', words: 'EHLO or HELO is accepted with 250' },
  starttls: { short: 'STARTTLS', words: 'STARTTLS is answered with 220' },
  secured: { short: 'TLS', words: 'TLS is agreed, and everything known is forgotten' },
  auth: { short: 'AUTH, 334', words: 'AUTH is answered with a question, 334' },
  mail: { short: 'MAIL', words: 'MAIL FROM is accepted with 250' },
  rcpt: { short: 'RCPT', words: 'RCPT TO is accepted with 250' },
  reset: { short: 'RSET', words: 'the transaction is given up, by RSET' },
  data: { short: 'DATA, 354', words: 'DATA is answered with 354' },
  'data-unplaced': { short: 'DATA', words: 'content comes that has no place: it is read and thrown away' },
  'too-big': { short: 'too big', words: 'the content grows over the limit' },
  refused: { short: 'refused', words: 'the content ends and is refused' },
  'refused-early': { short: 'refused', words: 'the content ends and is refused before any EHLO' },
  'end-of-data': { short: 'final dot', words: 'the content ends with a dot on its own line' },
  bdat: { short: 'BDAT', words: 'BDAT announces a piece' },
  chunk: { short: 'read', words: 'the piece is read' },
  'last-chunk': { short: 'LAST', words: 'the last piece is read' },
  over: { short: 'close', words: 'the connection ends' },
}

/** `answered` means another thing in each state. */
const answeredWords: Readonly<Record<string, EdgeWords>> = {
  'client auth': { short: 'answered', words: 'the server says yes (235) or no (4yz, 5yz)' },
  'client final': { short: 'answered', words: 'the server takes the message (250) or refuses it' },
  'server auth': { short: 'answered', words: 'the sign-in is answered, 235 or a refusal' },
  'server commit': { short: 'answered', words: 'the message is stored and answered with 250, or refused' },
}

export function edgeWords(end: End, from: string, on: string): EdgeWords {
  if (on === 'answered') return answeredWords[`${end} ${from}`] ?? { short: on, words: on }
  const table = end === 'client' ? clientWords : serverWords
  return Object.hasOwn(table, on) ? table[on]! : { short: on, words: on }
}

export interface Possible {
  on: string
  words: string
  to: string
}

/** What may happen next at this end, by the table; the end of the connection, always possible, comes last. */
export function possibleNext(end: End, state: string): Possible[] {
  const edges = end === 'client' ? clientEdges : serverEdges
  const next = edges.filter(({ from }) => from === state)
  return [...next.filter(({ on }) => on !== 'over'), ...next.filter(({ on }) => on === 'over')].map(
    ({ on, to }) => ({ on, to: stateName(end, to), words: edgeWords(end, state, on).words }),
  )
}
