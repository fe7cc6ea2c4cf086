/**
 * Owns: writing command lines (RFC 5321 §4.1.1). CR, LF and NUL in any argument throw, so an argument can never become a
 * second command. Otherwise nothing is judged: a tool that tests servers must be able to send what is wrong.
 */
import { utf8 } from '../../bytes/bytes.ts'
import type { Command } from './command.ts'
import { printParameters } from './parameters.ts'
import { printPath } from './path.ts'

export type PrintableCommand = Exclude<Command, { verb: 'unknown' }>

/** The wire line, CRLF included. Throws RangeError naming the verb whose argument cannot be sent. */
export function printCommand(command: PrintableCommand): Uint8Array {
  const line = words(command)
    .filter((word) => word !== '')
    .join(' ')
  // eslint-disable-next-line no-control-regex -- these are the characters to refuse
  if (/[\r\n\u0000]/.test(line))
    throw new RangeError(`argument of ${command.verb}: CR, LF and NUL cannot stand in a command`)
  return utf8(line + '\r\n')
}

function words(command: PrintableCommand): string[] {
  switch (command.verb) {
    case 'EHLO':
    case 'HELO':
      return [command.verb, command.name]
    case 'AUTH':
      return [command.verb, command.mechanism, command.initial ?? '']
    case 'MAIL':
      return [command.verb, 'FROM:' + printPath(command.path), printParameters(command.parameters)]
    case 'RCPT':
      return [command.verb, 'TO:' + printPath(command.path), printParameters(command.parameters)]
    case 'BDAT':
      return [command.verb, size(command.size), command.last ? 'LAST' : '']
    case 'NOOP':
    case 'HELP':
    case 'VRFY':
    case 'EXPN':
      return [command.verb, command.text]
    case 'STARTTLS':
    case 'DATA':
    case 'RSET':
    case 'QUIT':
      break
  }
  return [command.verb]
}

function size(octets: number): string {
  if (!Number.isSafeInteger(octets) || octets < 0)
    throw new RangeError(`BDAT size ${octets}: write a whole number of octets`)
  return String(octets)
}
