/** Owns: the facts of a handshake and the chain of certificates, whole. */
import type { Certificate, EventOf } from '#shared/transcript/event.ts'
import { commonName, dayOf, shownName, tlsName, validity } from '#renderer/model/tls.ts'
import styles from './Inspector.module.css'
import { Section } from './Section.tsx'

function Facts({ facts }: { facts: readonly (readonly [string, string | undefined])[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
    </dl>
  )
}

interface CertificateProps {
  certificate: Certificate
  place: number
  startedAt: string | undefined
}

function CertificateFacts({ certificate, place, startedAt }: CertificateProps) {
  const life = startedAt === undefined ? null : validity(certificate, startedAt)
  return (
    <div className={styles.certificate}>
      <Facts
        facts={[
          [place === 0 ? 'Server' : 'Signed by', commonName(certificate.subject)],
          ['Names', certificate.names.slice(0, 12).map(shownName).join(', ')],
          ['Valid', `${dayOf(certificate.validFrom)} to ${dayOf(certificate.validTo)}`],
          ['At that time', life?.words],
          ['Key', certificate.key],
          ['Issuer', commonName(certificate.issuer)],
          ['SHA-256', certificate.fingerprint256],
        ]}
      />
    </div>
  )
}

/** `startedAt`: when the session began; the age of a certificate is judged by that time. */
export function TlsSection({ event, startedAt }: { event: EventOf<'tls'>; startedAt?: string | undefined }) {
  const chain = event.chain ?? []
  return (
    <>
      <Section title="What was agreed">
        <Facts
          facts={[
            ['Version', event.version === undefined ? undefined : tlsName(event.version)],
            ['Cipher', event.cipher],
            ['Key exchange', event.group],
            ['Name asked for', event.sni && shownName(event.sni)],
            ['ALPN', event.alpn && shownName(event.alpn)],
            ['Resumed', event.resumed === undefined ? undefined : event.resumed ? 'yes' : 'no'],
            [
              'Certificate',
              event.verified === undefined ? undefined : event.verified ? 'verified' : 'not verified',
            ],
            ['Problem', event.problem && `${event.problem.message} (${event.problem.code})`],
            ['Fault', event.fault && `${event.fault.message} (${event.fault.code})`],
          ]}
        />
      </Section>
      {chain.length > 0 && (
        <Section title="Certificates" aside={<span>as the server sent them</span>}>
          {chain.map((certificate, place) => (
            <CertificateFacts
              key={certificate.fingerprint256}
              certificate={certificate}
              place={place}
              startedAt={startedAt}
            />
          ))}
        </Section>
      )}
    </>
  )
}
