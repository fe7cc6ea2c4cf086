/** Owns: a report as Python's email package reads it: a second reader for tests. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('readReport.py', import.meta.url))

export const asPython = (content: Uint8Array): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const child = execFile('python3', [script], { encoding: 'utf8' }, (error, out) => {
      if (error === null) resolve(JSON.parse(out))
      else reject(error)
    })
    child.stdin?.end(content)
  })
