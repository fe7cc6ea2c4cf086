/** Owns: how clients sign in: mechanisms and their order, any password, and the certificate of the client. */
import { useState } from 'react'
import { mechanismMeaning, mechanismName, type Mechanism } from '#renderer/model/listenerWords.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { lowerNames } from '#shared/smtp/sasl/mechanisms.ts'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { TextArea } from '#renderer/ui/TextArea.tsx'
import styles from './Form.module.css'
import type { PartProps } from './part.ts'
import { Wrong } from './Wrong.tsx'

function Mechanisms({ draft, change, drop, problems }: PartProps) {
  const { mechanisms } = draft
  const toggle = (name: Mechanism, on: boolean) =>
    change({
      mechanisms: on ? [...(mechanisms ?? []), name] : (mechanisms ?? []).filter((one) => one !== name),
    })
  return (
    <fieldset className={styles.choices} aria-label="Mechanisms">
      <Checkbox
        selected={mechanisms === undefined}
        onChange={(all) => (all ? drop('mechanisms') : change({ mechanisms: ['plain', 'login'] }))}
        hint="What cannot work is left out: SCRAM without users, EXTERNAL without a client’s certificate."
      >
        All mechanisms that users and tokens allow
      </Checkbox>
      {mechanisms && (
        <>
          <div className={styles.grid}>
            {lowerNames.map((name) => (
              <Checkbox
                key={name}
                selected={mechanisms.includes(name)}
                onChange={(on) => toggle(name, on)}
                hint={mechanismMeaning[name]}
              >
                <span className="mono">{mechanismName(name)}</span>
              </Checkbox>
            ))}
          </div>
          {mechanisms.length > 1 && (
            <p className={styles.note}>
              Offered in the order in which they were chosen: {mechanisms.map(mechanismName).join(', ')}.
            </p>
          )}
        </>
      )}
      <Wrong words={problems.mechanisms} />
    </fieldset>
  )
}

const rules: readonly { value: NonNullable<ListenerConfig['clientCertificate']>; label: string }[] = [
  { value: 'off', label: 'Not asked for' },
  { value: 'asked', label: 'Asked for' },
  { value: 'required', label: 'Required' },
]

function ClientCertificate({ draft, change, problems }: PartProps) {
  const [other, setOther] = useState(draft.clientCa !== '')
  const rule = draft.clientCertificate ?? 'off'
  if (draft.tls === 'plain')
    return (
      <p className={styles.note}>A client can show a certificate in TLS only, and this listener has none.</p>
    )
  return (
    <>
      <div className={styles.row}>
        <Segmented
          label="Certificate of the client"
          value={rule}
          options={rules}
          onChange={(clientCertificate) => change({ clientCertificate })}
        />
        {rule !== 'off' && (
          <Segmented<'app' | 'other'>
            label="Signed by"
            value={other ? 'other' : 'app'}
            options={[
              { value: 'app', label: 'The app’s authority' },
              { value: 'other', label: 'Another' },
            ]}
            onChange={(by) => {
              setOther(by === 'other')
              if (by === 'app') change({ clientCa: '' })
            }}
          />
        )}
      </div>
      {rule === 'required' && (
        <p className={styles.note}>
          Without one that this authority signed, TLS ends and there is no session.
        </p>
      )}
      {rule !== 'off' && other && (
        <TextArea
          label="That authority’s certificate, PEM"
          mono
          rows={4}
          placeholder="-----BEGIN CERTIFICATE-----"
          value={draft.clientCa}
          onChange={(clientCa) => change({ clientCa })}
          error={problems.clientCa}
        />
      )}
    </>
  )
}

export function SignInPart(props: PartProps) {
  const { draft, change } = props
  return (
    <>
      {draft.auth === 'off' ? (
        <p className={styles.note}>Sign-in is not offered here, so there are no mechanisms.</p>
      ) : (
        <>
          <Mechanisms {...props} />
          <Checkbox
            selected={draft.anyPassword ?? false}
            onChange={(anyPassword) => change({ anyPassword })}
            hint="Also where there are users. SCRAM cannot be offered then: it proves the server’s knowledge too."
          >
            Any name is right with any password or token
          </Checkbox>
        </>
      )}
      <ClientCertificate {...props} />
    </>
  )
}
