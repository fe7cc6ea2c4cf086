/**
 * Owns: a client that gives numbered messages to a relay that may be killed at any moment: what was not answered is given
 * again under a new name, as an honest client would, so that every second copy of one name is the relay's own.
 */
import { connect } from 'node:net'
import { byLine } from './faultySink.ts'

export interface Submission {
  /** `NUMBER-TIMES`. */
  name: string
  /** What the relay said when it took it. */
  id: string
}

export interface SubmitterParts {
  /** The port to connect to, as soon as somebody listens there. */
  port: () => Promise<number>
  sender: (name: string) => string
  recipient: (name: string) => string
  step: () => void
}

/** Gives all of `numbers`, over so many connections at once; resolves when each has been answered 250. */
export async function submitAll(numbers: readonly number[], connections: number, parts: SubmitterParts): Promise<{ taken: Submission[]; unanswered: number }> {
  const left = [...numbers].toReversed()
  const times = new Map<number, number>()
  const taken: Submission[] = []
  const next = (): { number: number; name: string } | null => {
    const number = left.pop()
    if (number === undefined) return null
    times.set(number, (times.get(number) ?? 0) + 1)
    return { number, name: `${number}-${times.get(number)!}` }
  }
  const one = async (): Promise<void> => {
    while (left.length > 0) await session(await parts.port(), { next, back: (number) => left.push(number), taken, ...parts })
  }
  // A message that comes back while the last connection ends is given by whoever is left.
  while (left.length > 0) await Promise.all(Array.from({ length: connections }, one))
  return { taken, unanswered: [...times.values()].reduce((sum, count) => sum + count, 0) - numbers.length }
} // prettier-ignore

interface Home extends Omit<SubmitterParts, 'port'> {
  next(): { number: number; name: string } | null
  back(number: number): void
  taken: Submission[]
}

const queued = /^250 2\.0\.0 Queued as (\S+)/

/** One message after the other until there are no more, or the connection is over. */
async function session(port: number, { next, back, taken, sender, recipient, step }: Home): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  socket.on('error', () => {})
  const under: { now: ReturnType<Home['next']> } = { now: null }
  const begin = (): void => {
    const now = (under.now = next())
    if (now === null) return void socket.end('QUIT\r\n')
    socket.write(`MAIL FROM:<${sender(now.name)}>\r\nRCPT TO:<${recipient(now.name)}>\r\nDATA\r\n`)
  }
  byLine(socket, (line) => {
    const kept = queued.exec(line)
    const { now } = under
    if (line.startsWith('220 ')) socket.write('EHLO client.test\r\n')
    else if (kept && now !== null) {
      taken.push({ name: now.name, id: kept[1]! })
      step()
      begin()
    } else if (line.startsWith('354 ') && now !== null) {
      socket.write(`From: ${sender(now.name)}\r\nSubject: ${now.name}\r\n\r\nMessage ${now.name}.\r\n.\r\n`)
      step()
    } else if (/^[45]/.test(line)) socket.destroy()
    else if (now === null && line.startsWith('250 ')) begin()
  })
  await new Promise((resolve) => socket.once('close', resolve))
  if (under.now !== null) back(under.now.number)
}
