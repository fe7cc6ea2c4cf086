/** Owns: what a TLS scan learnt beside versions and suites, each as a fact with its verdict, and how far it can be trusted. */
import type { TlsRow } from '#shared/rpc/contract/probeReport.ts'
import { countWords, timeShort } from './measures.ts'
import { shownName } from './tls.ts'

type Scan = NonNullable<TlsRow['scan']>

export interface ScanFact {
  name: string
  value: string
  tone: 'good' | 'warn' | 'bad' | 'info'
  /** What it means, where the value alone does not say it. */
  why?: string
}

const withoutName: Record<Scan['withoutName'], Pick<ScanFact, 'value' | 'tone' | 'why'>> = {
  same: { value: 'the same certificate', tone: 'good' },
  other: { value: 'another certificate', tone: 'info', why: 'A client that sends no name may refuse it.' },
  refused: { value: 'refused', tone: 'warn', why: 'Clients that send no name cannot connect (RFC 6066 §3).' },
  unknown: { value: 'no clear answer', tone: 'info' },
}

/** RFC 9325 §4.3: 2048 bits and more. */
function prime(bits: number): ScanFact {
  const short = bits < 2048
  return {
    name: 'DHE prime',
    value: `${bits.toLocaleString('en-US')} bits`,
    tone: bits < 1024 ? 'bad' : short ? 'warn' : 'good',
    ...(short ? { why: '2,048 bits are the least (RFC 9325 §4.3).' } : {}),
  }
}

function renegotiation(secure: boolean | undefined): ScanFact {
  const name = 'Renegotiation'
  if (secure === undefined) return { name, value: 'does not exist in TLS 1.3', tone: 'good' }
  return secure
    ? { name, value: 'secure', tone: 'good' }
    : { name, value: 'not secured', tone: 'warn', why: 'Somebody between may put words before the client’s (RFC 5746).' }
} // prettier-ignore

export function scanFacts(scan: Scan): ScanFact[] {
  return [
    { name: 'Without a name (SNI)', ...withoutName[scan.withoutName] },
    ...(scan.primeBits === undefined ? [] : [prime(scan.primeBits)]),
    renegotiation(scan.secureRenegotiation),
    scan.compression
      ? {
          name: 'Compression',
          value: 'on',
          tone: 'bad',
          why: 'Its size tells secrets (CRIME, RFC 9325 §3.3).',
        }
      : { name: 'Compression', value: 'off', tone: 'good' },
    scan.asksCertificate
      ? { name: 'Client certificate', value: 'asked for', tone: 'info' }
      : { name: 'Client certificate', value: 'not asked for', tone: 'good' },
  ]
}

/** As "38 connections, 412 ms". */
export const scanEffort = ({ connections, took }: Scan): string =>
  `${countWords(connections, 'connection')}, ${timeShort(took)}`

/** Why more may be true than was found, each a sentence. */
export function scanDoubts({ doubtful, limited, stopped }: Scan): string[] {
  return [
    doubtful &&
      'The server stopped answering what it had answered before: what is missing here may be there.',
    limited !== undefined &&
      `The server turned connections away in between (${shownName(limited)}); the scan went on more slowly.`,
    stopped !== undefined && `The scan ended early (${shownName(stopped)}): it is not complete.`,
  ].filter((words): words is string => typeof words === 'string')
}
