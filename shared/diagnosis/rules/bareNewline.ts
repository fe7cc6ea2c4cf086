/** Owns: the rule about command lines with a bare CR or LF inside that were refused: CRLF alone ends a line (RFC 5321 §2.3.8). */
import { advised } from '../advised.ts'
import type { Rule } from './types.ts'

export const bareNewline: Rule = ({ exchanges, told }) =>
  exchanges.flatMap(({ line, reply, answer, phase }) => {
    if (!line || !reply || !answer || answer.code < 400 || told.has(reply.seq) || !hasBareLineEnd(line.raw))
      return []
    const message = 'A command line holds a bare CR or LF, and was refused.'
    return [advised('bare-newline-rejected', phase, message, [line.seq, reply.seq])]
  })

/** Inside the line: what ends it may be LF alone where a transcript was pasted. */
export const hasBareLineEnd = (raw: string): boolean => /[\r\n][^\r\n]/.test(raw.slice(0, 100_000))
