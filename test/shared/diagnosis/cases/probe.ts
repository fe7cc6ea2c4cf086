/** Owns: cases of the findings that take several sessions, or what DNS and policies say. */
import type { FindingCode } from '#shared/diagnosis/codes.ts'
import type { ProbeFacts } from '#shared/diagnosis/facts.ts'
import { diagnoseProbe } from '#shared/diagnosis/probe.ts'
import {
  attempt,
  control,
  daneFacts,
  facts,
  proof,
  session,
  silent,
  stsFacts,
} from '#test/support/diagnosis/facts.ts'
import { hello } from '#test/support/diagnosis/script.ts'
import type { Case } from './types.ts'

const probed = (code: FindingCode, trigger: Partial<ProbeFacts>, healthy: Partial<ProbeFacts>): Case => ({
  code,
  trigger: () => diagnoseProbe(facts(trigger)),
  healthy: () => diagnoseProbe(facts(healthy)),
})

const six = { family: 6, address: '2001:db8::1' } as const
const good = [25, 465, 587, 2525].flatMap((port) => [attempt(port), attempt(port, six)])
const domain = {
  domain: 'example.org',
  mx: 'found',
  hosts: ['mx.example.org'],
  hasAddress: true,
  proof: proof(),
} as const
const delivery = { domain, attempts: [attempt(25)] }
const scan = { host: 'mail.example.org', port: 465, proof: proof() }
const current = { SSLv3: false, TLSv1: false, 'TLSv1.1': false, 'TLSv1.2': true, 'TLSv1.3': true }
const scanned = { scans: [{ ...scan, versions: current, withSni: true, withoutSni: true }] }
const relay = (answer: string) => ({
  relayTrials: [
    {
      session: session([
        ...hello(),
        'C: MAIL FROM:<a@x.example>',
        'S: 250 ok',
        'C: RCPT TO:<b@y.example>',
        answer,
      ]),
      foreignDomains: ['y.example'],
    },
  ],
})

export const probeCases: readonly Case[] = [
  probed('mx-missing', { domain: { ...domain, mx: 'none', hosts: [] } }, delivery),
  probed('mx-null', { domain: { ...domain, mx: 'null', hosts: [] } }, delivery),
  probed('mx-not-used-port-25', { domain, attempts: good }, delivery),
  probed('ipv6-fails-ipv4-works', { attempts: [attempt(587), silent(587, six)] }, { attempts: good }),
  probed('ipv4-fails-ipv6-works', { attempts: [silent(587), attempt(587, six)] }, { attempts: good }),
  probed(
    'port-blocked-here',
    { attempts: [silent(25), attempt(587)] },
    { attempts: [silent(25), attempt(587)], controls: [control(25)] },
  ),
  probed('host-down', { attempts: [silent(25), silent(587)] }, { attempts: [silent(25), attempt(587)] }),
  probed(
    'starttls-stripped',
    { attempts: [attempt(25, { starttls: false }), attempt(587)] },
    { attempts: good },
  ),
  probed(
    'tls-old-version-only',
    { scans: [{ ...scan, versions: { ...current, TLSv1: true, 'TLSv1.2': false, 'TLSv1.3': false } }] },
    scanned,
  ),
  probed(
    'tls-old-version-accepted',
    { scans: [{ ...scan, versions: { ...current, TLSv1: true } }] },
    scanned,
  ),
  probed(
    'tls-sni-required',
    { scans: [{ ...scan, versions: current, withSni: true, withoutSni: false }] },
    scanned,
  ),
  probed(
    'tls-weak-cipher-accepted',
    { scans: [{ ...scan, versions: current, suites: { 'TLSv1.2': [0xc02f, 0x0005] } }] },
    { scans: [{ ...scan, versions: current, suites: { 'TLSv1.2': [0xc02f, 0x002f], 'TLSv1.3': [0x1301] } }] },
  ),
  probed('open-relay', relay('S: 250 ok'), relay('S: 554 5.7.1 relay access denied')),
  probed('dane-ok', { dane: [daneFacts()] }, { dane: [daneFacts({ security: 'insecure' })] }),
  probed(
    'dane-mismatch',
    { dane: [daneFacts({ records: [{ usage: 3, selector: 1, matching: 1, matches: false }] })] },
    { dane: [daneFacts()] },
  ),
  probed('dane-insecure-dns', { dane: [daneFacts({ security: 'insecure' })] }, { dane: [daneFacts()] }),
  probed('mta-sts-ok', { mtaSts: stsFacts() }, { mtaSts: stsFacts({ mx: ['mx.other.example'] }) }),
  probed('mta-sts-mismatch', { mtaSts: stsFacts({ mx: ['mx.other.example'] }) }, { mtaSts: stsFacts() }),
  probed('mta-sts-broken', { mtaSts: stsFacts({ policy: 'unreachable' }) }, { mtaSts: stsFacts() }),
  probed(
    'mx-invalid',
    { domain: { ...domain, records: [{ preference: 1, host: 'a.test', addresses: [], problem: 'alias' }] } },
    delivery,
  ),
  probed(
    'ptr-missing',
    { reverse: [{ address: '192.0.2.1', state: 'none', names: [], confirmed: [], proof: proof() }] },
    {
      reverse: [
        { address: '192.0.2.1', state: 'found', names: ['a.test'], confirmed: ['a.test'], proof: proof() },
      ],
    },
  ),
  probed(
    'tls-reporting-broken',
    { tlsReporting: { domain: 'a.test', record: 'invalid', reports: [], proof: proof() } },
    { tlsReporting: { domain: 'a.test', record: 'none', reports: [], proof: proof() } },
  ),
  probed('recommended-port', { attempts: good }, { attempts: [silent(587)] }),
]
