/** Owns: talking with a program as a person does at a terminal: wait for what it shows, then type the next line. */
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { onTestFinished } from 'vitest'

export interface Turn {
  /** Seen since the last line was typed. */
  after: RegExp
  type: string
}

/** Milliseconds without a word of the program before a person types: what it tells of TLS comes behind the reply. */
const quiet = 150

/** Runs it in a terminal of its own (script(1)), so that what is typed is shown among its output; answers with all of it. */
export function converse(command: string, turns: readonly Turn[]): Promise<string> {
  const child = spawn('script', ['-qec', command, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill())
  let output = ''
  let from = 0
  let next = 0
  child.stdout.setEncoding('utf8')
  const type = () => {
    const turn = turns[next]
    if (turn === undefined || !turn.after.test(output.slice(from))) return
    from = output.length
    next++
    child.stdin.write(`${turn.type}\n`)
  }
  let timer: NodeJS.Timeout | undefined
  child.stdout.on('data', (text: string) => {
    output += text
    clearTimeout(timer)
    timer = setTimeout(type, quiet)
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', () => {
      if (next === turns.length) done(stripVTControlCharacters(output))
      else fail(new Error(`stopped at "${turns[next]!.type}": ${output.slice(-500)}`))
    })
  })
}
