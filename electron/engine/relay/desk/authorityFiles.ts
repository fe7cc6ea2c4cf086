/**
 * Owns: the files that `smtp-ca` names: authorities that are trusted for the servers of a domain. Without one of them its
 * mail could not be delivered, or only to whom it is not for, so that a file that cannot be used is an error. Of a file
 * nothing but its certificates is kept.
 */
import { createHash, X509Certificate } from 'node:crypto'
import { isAbsolute, resolve } from 'node:path'
import type { DomainPolicy, RelayPolicy } from '#shared/relay/policy.ts'
import type { PolicyProblem } from '#shared/relay/problems.ts'
import type { Authority } from '../types.ts'
import { readPemFile } from './pemFile.ts'

/** Files that rules may name; each is kept in memory. */
const most = 50
const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

export interface AuthorityFiles {
  /** By path. */
  authorities: Map<string, Authority>
  problems: PolicyProblem[]
}

type Domains = Pick<RelayPolicy, 'domains' | 'virtualMtas'>

/** Every entry that names one, and its place in the policy. */
const named = ({ domains, virtualMtas }: Domains): { field: string; ca: NonNullable<DomainPolicy['ca']> }[] =>
  [
    ...domains.map(({ ca }, i) => ({ field: `domains[${i}].ca`, ca })),
    ...virtualMtas.flatMap((mta, at) =>
      mta.domains.map(({ ca }, i) => ({ field: `virtualMtas[${at}].domains[${i}].ca`, ca })),
    ),
  ].flatMap(({ field, ca }) => (ca === undefined ? [] : [{ field, ca }]))

interface Read {
  authority?: Authority
  problem?: Pick<PolicyProblem, 'severity'> & { words: string }
}

const wrong = (words: string): Read => ({ problem: { severity: 'error', words } })

async function readOne(path: string, now: Date): Promise<Read> {
  const read = await readPemFile(path, 'the certificates of authorities alone')
  if ('words' in read)
    return wrong(`${read.words}${read.missing ? '; put it there, or take the line out' : ''}`)
  const blocks = read.pem.match(block) ?? []
  if (blocks.length === 0)
    return wrong('holds no certificate in PEM; name a file with -----BEGIN CERTIFICATE----- in it')
  try {
    const over = blocks.map((one) => new X509Certificate(one)).filter(({ validToDate }) => validToDate < now)
    const pem = `${blocks.join('\n')}\n`
    const authority = { pem, id: createHash('sha256').update(pem).digest('base64url') }
    if (over.length < blocks.length) return { authority }
    return { authority, problem: { severity: 'warning', words: `holds certificates that have expired, the last on ${over.at(-1)!.validTo}; put in newer ones` } } // prettier-ignore
  } catch {
    return wrong('holds a certificate that cannot be read; write it anew in PEM')
  }
}

/** Never rejects. `now` is what dates are compared with. */
export async function readAuthorityFiles(policy: Domains, now: Date): Promise<AuthorityFiles> {
  const all = named(policy)
  const files = new Map<string, Read>()
  for (const { ca } of all) {
    if (files.has(ca.path)) continue
    const read = files.size < most ? await readOne(ca.path, now) : wrong(`is one file more than the ${most} that rules may name; put several authorities into one file`) // prettier-ignore
    files.set(ca.path, read)
  }
  const problems = all.flatMap(({ field, ca: { path, line } }): PolicyProblem[] => {
    const { problem } = files.get(path)!
    if (problem === undefined) return []
    const message = `smtp-ca ${path.slice(0, 200)} ${problem.words}`
    return [{ severity: problem.severity, field, ...(line === undefined ? {} : { line }), message }]
  })
  const authorities = [...files].flatMap(([path, { authority }]): [string, Authority][] =>
    authority === undefined ? [] : [[path, authority]],
  )
  return { authorities: new Map(authorities), problems }
}

/** The policy with every path of it whole: what is no whole path begins at `folder`, where one is known. */
export function withWholePaths(policy: RelayPolicy, folder: string | undefined): RelayPolicy {
  if (folder === undefined || !isAbsolute(folder)) return policy
  const whole = <T extends { path: string }>(file: T): T => ({ ...file, path: resolve(folder, file.path) })
  const inDomains = (domains: DomainPolicy[]): DomainPolicy[] =>
    domains.map((one) => (one.ca === undefined ? one : { ...one, ca: whole(one.ca) }))
  return {
    ...policy,
    ...(policy.certificate === undefined ? {} : { certificate: whole(policy.certificate) }),
    domains: inDomains(policy.domains),
    virtualMtas: policy.virtualMtas.map((mta) => ({ ...mta, domains: inDomains(mta.domains) })),
  }
}
