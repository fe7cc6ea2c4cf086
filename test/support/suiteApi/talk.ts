/** Owns: saying lines to an SMTP server as they are, one after each reply. */
import { connect } from 'node:net'

/** All replies, once the other side has closed. `raw` pieces without a line end get one. */
export function sayLines(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port })
    const left = [...lines]
    let said = ''
    let pending = ''
    socket.on('data', (piece) => {
      said += piece.toString('latin1')
      pending += piece.toString('latin1')
      if (!/^\d{3} [^\n]*\n$/m.test(pending)) return
      pending = ''
      const next = left.shift()
      if (next !== undefined) socket.write(`${next}\r\n`)
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(said))
  })
}
