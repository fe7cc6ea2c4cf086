/**
 * Owns: the file that `smtp-server-tls-certificate` names: read, bounded, and checked before anything shows it. A file that is
 * not there is a warning, for rules are often read on another machine than theirs; one that is wrong is an error. Neither
 * its text nor its key stands in any message.
 */
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { PolicyProblem } from '#shared/relay/problems.ts'
import { checkOwn } from '../../certs/own.ts'
import { readPemFile } from './pemFile.ts'

export interface CertificateFile {
  /** Certificates and key, PEM; absent: this program's own certificate is shown. */
  pem?: string
  problems: PolicyProblem[]
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
  const read = await readPemFile(path, 'certificates and their key')
  if ('words' in read) {
    const until = "; until it can, listeners show this program's own certificate"
    return { problems: [problem(read.missing ? 'warning' : 'error', `${read.words}${read.missing ? until : ''}`)] } // prettier-ignore
  }
  const checked = checkOwn({ certificate: read.pem, key: read.pem }, now)
  if (Array.isArray(checked))
    return { problems: checked.map(({ field, message }) => problem('error', wordsOf(field, message, read.pem))) } // prettier-ignore
  return { pem: read.pem, problems: checked.notices.map((words) => problem('warning', `: ${words}`)) }
}
