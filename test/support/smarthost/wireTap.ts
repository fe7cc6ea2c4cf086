/** Owns: a wire that is listened to: hands every octet on, keeps what the client sent, and tells which contents were in it. */
import { connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { portOf } from '../server/place.ts'

export interface WireTap {
  port: number
  /** Contents that went by so far, as they were meant: without the dots of DATA, the chunks of BDAT joined. */
  contents(): Buffer[]
}

/** In front of a port of 127.0.0.1, where clients do not use TLS. */
export async function tapWire(to: number): Promise<WireTap> {
  const heard: Buffer[][] = []
  const open = new Set<Socket>()
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const said: Buffer[] = []
    heard.push(said)
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    near.on('data', (bytes: Buffer) => void said.push(bytes))
    for (const [one, other] of [[near, far], [far, near]] as const) {
      open.add(one)
      one.on('error', () => other.destroy()).on('close', () => open.delete(one))
      one.pipe(other)
    } // prettier-ignore
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  return { port: portOf(server), contents: () => heard.flatMap((said) => contentsIn(Buffer.concat(said))) }
}

/** What one client sent, command by command (RFC 5321 §4.1.1.4, RFC 3030 §2); a content without its end is left out. */
export function contentsIn(said: Buffer): Buffer[] {
  const found: Buffer[] = []
  let chunks: Buffer[] = []
  for (let at = 0; at < said.length;) {
    const end = said.indexOf('\r\n', at)
    if (end < 0) break
    const line = said.toString('latin1', at, end)
    at = end + 2
    const [, size, last] = /^BDAT (\d+)( LAST)?$/i.exec(line) ?? []
    if (size !== undefined) {
      chunks.push(said.subarray(at, at + Number(size)))
      at += Number(size)
      if (last !== undefined) found.push(Buffer.concat(chunks.splice(0)))
    } else if (/^DATA$/i.test(line)) {
      // The dot may stand first: there is no content at all.
      const stop = said.indexOf('\r\n.\r\n', at - 2)
      if (stop < 0) break
      const text = said.toString('latin1', at, Math.max(at, stop + 2))
      found.push(Buffer.from(text.replace(/(^|\r\n)\./g, '$1'), 'latin1'))
      at = stop + 5
    } else if (/^RSET$/i.test(line)) chunks = []
  }
  return found
}
