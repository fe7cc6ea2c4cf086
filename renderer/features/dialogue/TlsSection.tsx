/** Owns: the facts of a handshake and the chain of certificates, whole. */
import type { Certificate, EventOf } from '#shared/transcript/event.ts'
import { commonName, tlsName } from '#renderer/model/tls.ts'
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

function CertificateFacts({ certificate, place }: { certificate: Certificate; place: number }) {
  return (
    <div className={styles.certificate}>
      <Facts
        facts={[
          [place === 0 ? 'Server' : 'Signed by', commonName(certificate.subject)],
          ['Names', certificate.names.slice(0, 12).join(', ')],
          ['Valid', `${certificate.validFrom.slice(0, 10)} to ${certificate.validTo.slice(0, 10)}`],
          ['Key', certificate.key],
          ['Issuer', commonName(certificate.issuer)],
          ['SHA-256', certificate.fingerprint256],
        ]}
      />
    </div>
  )
}

export function TlsSection({ event }: { event: EventOf<'tls'> }) {
  const chain = event.chain ?? []
  return (
    <>
      <Section title="What was agreed">
        <Facts
          facts={[
            ['Version', event.version === undefined ? undefined : tlsName(event.version)],
            ['Cipher', event.cipher],
            ['Key exchange', event.group],
            ['Name asked for', event.sni],
            ['ALPN', event.alpn],
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
            <CertificateFacts key={certificate.fingerprint256} certificate={certificate} place={place} />
          ))}
        </Section>
      )}
    </>
  )
}
