/**
 * Owns: every state and every edge of the client and the server machine, as data. Both machines change state only
 * through `move`, which throws on an edge that is not here, so the table cannot drift from what runs. The viewer's
 * state map and the diagram in the docs read the same table.
 *
 * A state is a context of the conversation (what the next octets from the other side would mean), not the command that
 * is awaited: a person may edit or insert any command in any state, and the table has to stay true then too.
 */

export interface Edge<S extends string = string> {
  from: S
  /** What happened: an accepted command, a reply, a transport event. */
  on: string
  to: S
}

export const clientStates = {
  connecting: 'The connection is not open yet.',
  greeting: 'Open; the server speaks first (RFC 5321 §3.1).',
  fresh: 'Greeted, in clear or anew inside TLS; EHLO comes next (RFC 5321 §4.1.4, RFC 3207 §4.2).',
  ready: 'EHLO or HELO was accepted and no transaction is open.',
  starttls: 'STARTTLS is said; 220 starts the handshake (RFC 3207 §4).',
  handshake: 'TLS is being agreed; no SMTP travels.',
  auth: 'An AUTH exchange is under way (RFC 4954 §4).',
  envelope: 'MAIL was accepted; recipients follow (RFC 5321 §3.3).',
  content: 'After 354: everything sent is message content until CRLF.CRLF.',
  chunks: 'At least one BDAT chunk was accepted and LAST has not been sent (RFC 3030 §2).',
  final: 'Content is complete; the reply to it passes the responsibility (RFC 5321 §4.2.5).',
  quit: 'QUIT is said.',
  done: 'The session is over.',
} as const
export type ClientState = keyof typeof clientStates

export const serverStates = {
  connecting: 'The connection is not open yet.',
  fresh: 'The greeting is said, or TLS is new; EHLO or HELO comes next (RFC 5321 §4.1.4).',
  ready: 'EHLO or HELO was accepted and no transaction is open.',
  handshake: 'TLS is being agreed; no SMTP travels (RFC 3207 §4).',
  auth: 'A 334 is said; the next line is an AUTH response (RFC 4954 §4).',
  envelope: 'MAIL was accepted, no recipient yet.',
  addressed: 'At least one recipient was accepted.',
  data: 'After 354: octets are content until CRLF.CRLF (RFC 5321 §4.1.1.4).',
  discard: 'Content that is over the size limit, or has no place, is read to its end and thrown away.',
  chunk: 'The octets that a BDAT announced are being read (RFC 3030 §2).',
  chunks: 'Between two BDAT chunks.',
  commit: 'Content is complete; its place is asked to make it durable.',
  done: 'The session is over.',
} as const
export type ServerState = keyof typeof serverStates

function isClientState(name: string): name is ClientState {
  return name in clientStates
}

function isServerState(name: string): name is ServerState {
  return name in serverStates
}

const from = <S extends string>(states: readonly S[], on: string, to: S): Edge<S>[] =>
  states.map((state) => ({ from: state, on, to }))

/** Client states in which a command may be said. */
export const clientCommandStates = ['fresh', 'ready', 'envelope', 'chunks'] as const

const clientAlive = Object.keys(clientStates)
  .filter(isClientState)
  .filter((state) => state !== 'done')

export const clientEdges: readonly Edge<ClientState>[] = [
  ...from<ClientState>(['connecting'], 'opened', 'greeting'),
  ...from<ClientState>(['greeting'], 'greeted', 'fresh'),
  ...from<ClientState>(clientCommandStates, 'hello', 'ready'),
  ...from<ClientState>(['ready'], 'starttls', 'starttls'),
  ...from<ClientState>(['starttls'], 'refused', 'ready'),
  ...from<ClientState>([...clientCommandStates, 'starttls'], 'secure', 'handshake'),
  ...from<ClientState>(['handshake'], 'secured', 'fresh'),
  ...from<ClientState>(['ready'], 'auth', 'auth'),
  ...from<ClientState>(['auth'], 'answered', 'ready'),
  ...from<ClientState>(clientCommandStates, 'mail', 'envelope'),
  ...from<ClientState>(['ready', 'envelope', 'chunks'], 'reset', 'ready'),
  ...from<ClientState>(clientCommandStates, 'go-ahead', 'content'),
  ...from<ClientState>(['content'], 'end-of-data', 'final'),
  ...from<ClientState>(clientCommandStates, 'chunk', 'chunks'),
  ...from<ClientState>(clientCommandStates, 'last-chunk', 'final'),
  ...from<ClientState>(['final'], 'answered', 'ready'),
  ...from<ClientState>(clientCommandStates, 'quit', 'quit'),
  ...from<ClientState>(clientAlive, 'over', 'done'),
]

const serverAlive = Object.keys(serverStates)
  .filter(isServerState)
  .filter((state) => state !== 'done')

/** Server states in which a command is read. */
export const serverCommandStates = ['fresh', 'ready', 'envelope', 'addressed', 'chunks'] as const

export const serverEdges: readonly Edge<ServerState>[] = [
  ...from<ServerState>(['connecting'], 'opened', 'fresh'),
  ...from<ServerState>(serverCommandStates, 'hello', 'ready'),
  // Where a person says yes to what the machine would refuse, the client goes on as told: hence more than 'ready'.
  ...from<ServerState>(serverCommandStates, 'starttls', 'handshake'),
  ...from<ServerState>(['handshake'], 'secured', 'fresh'),
  ...from<ServerState>(['ready'], 'auth', 'auth'),
  ...from<ServerState>(['auth'], 'answered', 'ready'),
  ...from<ServerState>(serverCommandStates, 'mail', 'envelope'),
  ...from<ServerState>(['envelope', 'addressed'], 'rcpt', 'addressed'),
  ...from<ServerState>(['ready', 'envelope', 'addressed', 'chunks'], 'reset', 'ready'),
  ...from<ServerState>(['addressed'], 'data', 'data'),
  ...from<ServerState>(serverCommandStates, 'data-unplaced', 'discard'),
  ...from<ServerState>(['data'], 'too-big', 'discard'),
  ...from<ServerState>(['data', 'discard'], 'refused', 'ready'),
  ...from<ServerState>(['discard'], 'refused-early', 'fresh'),
  ...from<ServerState>(['data'], 'end-of-data', 'commit'),
  ...from<ServerState>(['addressed', 'chunks'], 'bdat', 'chunk'),
  ...from<ServerState>(['chunk'], 'chunk', 'chunks'),
  ...from<ServerState>(['chunk'], 'last-chunk', 'commit'),
  ...from<ServerState>(['commit'], 'answered', 'ready'),
  ...from<ServerState>(serverAlive, 'over', 'done'),
]

type Steps<S extends string> = ReadonlyMap<string, ReadonlyMap<string, S>>

function index<S extends string>(edges: readonly Edge<S>[]): Steps<S> {
  const steps = new Map<string, Map<string, S>>()
  for (const { from: state, on, to } of edges) {
    const known = steps.get(state) ?? new Map<string, S>()
    if (known.has(on)) throw new Error(`two edges from ${state} on ${on}`)
    steps.set(state, known.set(on, to))
  }
  return steps
}

const clientSteps = index<ClientState>(clientEdges)
const serverSteps = index<ServerState>(serverEdges)

/** The state after `on`. Throws when the table has no such edge: that is a defect of the machine, never of a peer. */
export function moveClient(state: ClientState, on: string): ClientState {
  const to = clientSteps.get(state)?.get(on)
  if (to === undefined) throw new Error(`the client table has no edge from ${state} on ${on}`)
  return to
}

/** As `moveClient`, for the server. */
export function moveServer(state: ServerState, on: string): ServerState {
  const to = serverSteps.get(state)?.get(on)
  if (to === undefined) throw new Error(`the server table has no edge from ${state} on ${on}`)
  return to
}
