/** Owns: what is agreed in TLS: versions, ciphers and the certificate that is shown. What cannot be here says why. */
import { dateWords, namesWords } from '#renderer/model/certificates.ts'
import { tlsVersions, type TlsVersion } from '#shared/rpc/contract/listener.ts'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { useCertificates } from '../useCertificates.ts'
import styles from './Form.module.css'
import type { PartProps } from './part.ts'
import { Wrong } from './Wrong.tsx'

const usual = { min: '1.2', max: '1.3' } as const

function Versions({ draft, change, problems }: PartProps) {
  const support = useCertificates(({ support: known }) => known)
  const { min, max } = draft.tlsVersions ?? usual
  const options = tlsVersions.map((version) => {
    const known = support?.versions.find((one) => one.version === version)
    return {
      value: version,
      label: `TLS ${version}`,
      disabled: known?.usable === false,
      ...(known?.words === undefined ? {} : { description: known.words }),
    }
  })
  const cannot = support?.versions.filter(({ usable }) => !usable) ?? []
  const set = (next: Partial<{ min: TlsVersion; max: TlsVersion }>) =>
    change({ tlsVersions: { min, max, ...next } })
  return (
    <>
      <div className={styles.pair}>
        <Select label="Lowest version" value={min} options={options} onChange={(low) => set({ min: low })} />
        <Select
          label="Highest version"
          value={max}
          options={options}
          onChange={(high) => set({ max: high })}
        />
      </div>
      <Wrong words={problems.tlsVersions} />
      {support && (
        <p className={styles.note}>
          {support.library} does TLS here.{' '}
          {cannot.length === 0
            ? 'All four versions can be spoken; 1.0 and 1.1 are for tests of old clients only (RFC 8996).'
            : cannot
                .map(({ version, words }) => `TLS ${version} cannot be spoken${words ? `: ${words}` : '.'}`)
                .join(' ')}
        </p>
      )}
    </>
  )
}

/** No certificate can be called this: a name has no colon. */
const apps = ':app'

function Certificate({ draft, change, drop, problems }: PartProps) {
  const own = useCertificates(({ certificates }) => certificates?.own) ?? []
  const current = draft.certificate
  const missing = current !== undefined && own.every(({ name }) => name !== current)
  const options = [
    {
      value: apps,
      label: 'The app’s',
      description: 'Made for this computer’s names, signed by its authority.',
    },
    ...own.map(({ name, names, expiresAt, usable }) => ({
      value: name,
      label: name,
      description: usable
        ? `${namesWords(names)}, until ${dateWords(expiresAt)}`
        : 'Its key is gone; give it again.',
    })),
    ...(missing ? [{ value: current, label: current, description: 'Not here any more.' }] : []),
  ]
  return (
    <Select
      label="Certificate"
      value={current ?? apps}
      options={options}
      onChange={(name) => (name === apps ? drop('certificate') : change({ certificate: name }))}
      hint={own.length === 0 ? 'Your own are added in the room, under Certificates.' : ''}
      error={problems.certificate}
    />
  )
}

export function TlsPart(props: PartProps) {
  const { draft, change, problems } = props
  if (draft.tls === 'plain')
    return (
      <p className={styles.note}>This listener has no TLS: nothing is agreed, and no certificate shown.</p>
    )
  return (
    <>
      <Versions {...props} />
      <div className={styles.pair}>
        <TextField
          label="Ciphers"
          mono
          placeholder="the library’s own choice"
          value={draft.ciphers}
          onChange={(ciphers) => change({ ciphers })}
          error={problems.ciphers}
          hint="OpenSSL’s notation, as ECDHE+AESGCM:!aNULL. Names with TLS_ are suites of TLS 1.3."
        />
        <Certificate {...props} />
      </div>
    </>
  )
}
