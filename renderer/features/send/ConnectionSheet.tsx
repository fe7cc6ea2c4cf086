/** Owns: what is less usual about the connection: the certificate check, a client certificate, names, addresses and times. */
import { phases, type Draft, type TimedPhase } from '#renderer/model/compose.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { CertificatePart } from './CertificatePart.tsx'
import { ClientCertificatePart } from './ClientCertificatePart.tsx'
import { FormSheet, SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useDraft, useProblem } from './useDraft.ts'

const families = [
  { value: '0', label: 'Both' },
  { value: '4', label: 'IPv4' },
  { value: '6', label: 'IPv6' },
] as const

type AddressField = 'ehloName' | 'source' | 'resolver'
const addressFields: readonly { field: AddressField; label: string; placeholder: string; hint: string }[] = [
  { field: 'ehloName', label: 'EHLO name', placeholder: 'this computer’s name', hint: 'What this client calls itself.' },
  { field: 'source', label: 'Source address', placeholder: 'chosen by the system', hint: 'An address of this computer to connect from.' },
  { field: 'resolver', label: 'Resolver', placeholder: 'of the system', hint: 'IP or IP:PORT of a name server to ask instead.' },
] // prettier-ignore

function AddressText({ field, label, placeholder, hint }: (typeof addressFields)[number]) {
  const { draft, change } = useDraft()
  return (
    <div data-field={field}>
      <TextField
        label={label}
        mono
        placeholder={placeholder}
        hint={hint}
        value={draft[field]}
        onChange={(value) => change({ [field]: value }, field)}
        error={useProblem(field)}
      />
    </div>
  )
}

function NamesPart() {
  const { draft, change } = useDraft()
  const problem = useProblem('family')
  return (
    <SheetPart name="Names and addresses">
      <div className={styles.pair}>
        {addressFields.map((one) => (
          <AddressText key={one.field} {...one} />
        ))}
        <div data-field="family">
          <Segmented<Draft['family']>
            label="Address family"
            stretch
            value={draft.family}
            options={families}
            onChange={(family) => change({ family }, 'family')}
          />
          {problem && <p className={styles.problem}>{problem}</p>}
        </div>
      </div>
    </SheetPart>
  )
}

const phaseLabels: Record<TimedPhase, string> = {
  lookUp: 'Look-up',
  connect: 'Connect',
  tls: 'TLS',
  greeting: 'Greeting',
  reply: 'Each reply',
}

function TimesPart() {
  const { draft, change } = useDraft()
  const problem = useProblem('seconds')
  return (
    <SheetPart name="Time limits, seconds" about="Empty: as RFC 5321 asks, minutes where a server may think.">
      <div className={styles.times} data-field="seconds">
        {phases.map((phase) => (
          <TextField
            key={phase}
            label={phaseLabels[phase]}
            mono
            inputMode="numeric"
            placeholder="usual"
            value={draft.seconds[phase] ?? ''}
            onChange={(value) => change({ seconds: { ...draft.seconds, [phase]: value } }, 'seconds')}
          />
        ))}
      </div>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </SheetPart>
  )
}

const responses = [
  { value: 'auto', label: 'When it is short' },
  { value: 'on', label: 'Always' },
  { value: 'off', label: 'Never' },
] as const
const bindings: readonly { value: Draft['channelBinding']; label: string }[] = [
  { value: 'auto', label: 'By the TLS version' },
  { value: 'tls-exporter', label: 'tls-exporter' },
  { value: 'tls-server-end-point', label: 'tls-server-end-point' },
  { value: 'tls-unique', label: 'tls-unique' },
]

function SignInPart() {
  const { draft, change } = useDraft()
  return (
    <SheetPart name="Signing in">
      <div className={styles.pair}>
        <Select
          label="First response with AUTH"
          value={draft.initialResponse}
          options={responses}
          hint="Never: it waits for the server’s challenge."
          onChange={(initialResponse) => change({ initialResponse })}
        />
        <Select
          label="Channel binding, for -PLUS"
          value={draft.channelBinding}
          options={bindings}
          hint="Ties SCRAM to this very TLS connection."
          onChange={(channelBinding) => change({ channelBinding })}
        />
      </div>
    </SheetPart>
  )
}

export function ConnectionSheet() {
  const http = useDraft().draft.way === 'http'
  return (
    <FormSheet name="connection" title="Connection, in detail">
      <CertificatePart />
      {!http && (
        <>
          <ClientCertificatePart />
          <NamesPart />
          <TimesPart />
          <SignInPart />
        </>
      )}
    </FormSheet>
  )
}
