/**
 * Owns: the file that `smtp-server-tls-certificate` names: read, bounded, and checked before anything shows it. A file that is
 * not there is a warning, for rules are often read on another machine than theirs; one that is wrong is an error. Neither
 * its text nor its key stands in any message.
 */
import { constants, open } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { PolicyProblem } from '#shared/relay/problems.ts'
import { checkOwn } from '../../certs/own.ts'

/** Octets. */
const largest = 262_144

export interface CertificateFile {
  /** Certificates and key, PEM; absent: this program's own certificate is shown. */
  pem?: string
  problems: PolicyProblem[]
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'this user may not read it; change its permissions',
  EPERM: 'this user may not read it; change its permissions',
}

/** Its text, or why it cannot be read. A pipe or a device could have no end, or wait forever. */
async function readPem(path: string): Promise<{ pem: string } | { missing: boolean; words: string }> {
  if (!isAbsolute(path))
    return { missing: false, words: 'is no whole path; write it from the root, as /etc/ssl/mail.pem' }
  try {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const found = await file.stat()
      if (!found.isFile()) return { missing: false, words: 'is no file; name one in PEM' }
      if (found.size > largest)
        return { missing: false, words: 'is larger than 256 KB; name one with certificates and their key' }
      const { buffer, bytesRead } = await file.read(Buffer.alloc(largest), 0, largest, 0)
      return { pem: buffer.toString('latin1', 0, bytesRead) }
    } finally {
      await file.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return { missing: true, words: `cannot be read: ${reasons[code] ?? code}` }
  }
}

/** What `checkOwn` says, of a file that holds both. */
function wordsOf(field: string, message: string, pem: string): string {
  if (field === 'key' && !pem.includes('PRIVATE KEY-----'))
    return 'has no private key; put it into the same file, behind the certificates'
  if (field === 'passphrase') return 'has an encrypted key; store it without passphrase, readable by its owner only' // prettier-ignore
  if (field === 'key' && message.startsWith('does not belong'))
    return 'has a key that does not belong to its certificate; put in the key that it was made with'
  return message
}

/** Never rejects. `now` is what dates are compared with. */
export async function readCertificateFile(
  { certificate }: Pick<RelayPolicy, 'certificate'>,
  now: Date,
): Promise<CertificateFile> {
  if (certificate === undefined) return { problems: [] }
  const { path, line } = certificate
  const problem = (severity: PolicyProblem['severity'], words: string): PolicyProblem => ({
    severity,
    field: 'certificate',
    ...(line === undefined ? {} : { line }),
    message: `smtp-server-tls-certificate ${path.slice(0, 200)}${words.startsWith(':') ? '' : ' '}${words}`,
  })
  const read = await readPem(path)
  if ('words' in read) {
    const until = "; until it can, listeners show this program's own certificate"
    return { problems: [problem(read.missing ? 'warning' : 'error', `${read.words}${read.missing ? until : ''}`)] } // prettier-ignore
  }
  const checked = checkOwn({ certificate: read.pem, key: read.pem }, now)
  if (Array.isArray(checked))
    return { problems: checked.map(({ field, message }) => problem('error', wordsOf(field, message, read.pem))) } // prettier-ignore
  return { pem: read.pem, problems: checked.notices.map((words) => problem('warning', `: ${words}`)) }
}
