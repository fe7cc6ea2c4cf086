/** Owns: the form of one listener. Nothing is saved until everything in it is right. */
import { useState } from 'react'
import { useServices } from '#renderer/flows/services.ts'
import { configureServer } from '#renderer/flows/server.ts'
import {
  checkListener,
  configOf,
  draftOf,
  newListener,
  ruleOf,
  type ListenerDraft,
  type ListenerStatus,
} from '#renderer/model/server.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Checkbox } from '#renderer/ui/Checkbox.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './ListenerDialog.module.css'

const tlsChoices: readonly { value: ListenerConfig['tls']; label: string; description: string }[] = [
  { value: 'starttls', label: 'STARTTLS offered', description: 'Clients may stay in clear, as on 25 and 2525.' },
  { value: 'starttls-required', label: 'STARTTLS required', description: 'Nothing but STARTTLS is answered first, as on 587.' },
  { value: 'implicit', label: 'From the start', description: 'TLS before the first word, as on 465.' },
  { value: 'plain', label: 'None', description: 'Everything in clear; STARTTLS is not offered.' },
] // prettier-ignore
const authChoices: readonly { value: ListenerConfig['auth']; label: string; description: string }[] = [
  { value: 'optional', label: 'Offered', description: 'Who does not sign in may send too.' },
  { value: 'required', label: 'Required', description: 'Else 530, as RFC 6409 asks of submission.' },
  { value: 'off', label: 'Not offered', description: 'AUTH is unknown here.' },
]

function Fields({ draft, set, tried, others }: FieldsProps) {
  const problems = tried ? checkListener(draft, others) : {}
  const change = (next: Partial<ListenerDraft>) => set({ ...draft, ...next })
  return (
    <div className={styles.fields}>
      <div className={styles.pair}>
        <TextField
          label="Address"
          mono
          value={draft.address}
          onChange={(address) => change({ address })}
          error={problems.address}
          hint="127.0.0.1 or ::1: this computer only."
        />
        <TextField
          label="Port"
          mono
          inputMode="numeric"
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field that has to be filled in
          autoFocus
          value={draft.port}
          onChange={(port) => change({ port })}
          error={problems.port}
          hint="0 lets the system choose."
        />
      </div>
      <Select label="TLS" value={draft.tls} options={tlsChoices} onChange={(tls) => change({ tls })} />
      <Select
        label="Sign-in"
        value={draft.auth}
        options={authChoices}
        onChange={(auth) => change({ auth })}
        error={problems.auth}
      />
      {draft.auth !== 'off' && draft.tls !== 'implicit' && (
        <Checkbox
          selected={draft.authOnlyAfterTls}
          onChange={(authOnlyAfterTls) => change({ authOnlyAfterTls })}
          hint="AUTH is not shown while others can read the line."
        >
          Offer sign-in only after TLS
        </Checkbox>
      )}
    </div>
  )
}

interface FieldsProps {
  draft: ListenerDraft
  set: (draft: ListenerDraft) => void
  /** Problems are shown from the first attempt on. */
  tried: boolean
  others: readonly ListenerConfig[]
}

export interface ListenerDialogProps {
  /** The one to change; null for a new one. */
  listener: ListenerStatus | null
  all: readonly ListenerStatus[]
  onClose: () => void
}

export function ListenerDialog({ listener, all, onClose }: ListenerDialogProps) {
  const services = useServices()
  const [draft, set] = useState(() => (listener ? draftOf(listener) : newListener()))
  const [tried, setTried] = useState(false)
  const others = all.filter((one) => one !== listener).map(ruleOf)
  const save = async () => {
    setTried(true)
    if (Object.keys(checkListener(draft, others)).length > 0) return
    const config = configOf(draft)
    const listeners = listener
      ? all.map((one) => (one === listener ? config : ruleOf(one)))
      : [...others, config]
    await configureServer(services, { listeners })
    onClose()
  }
  return (
    <Dialog
      open
      title={listener ? 'Edit listener' : 'Add a listener'}
      onClose={onClose}
      actions={
        <>
          <Button tone="primary" size="l" onPress={() => void save()}>
            {listener ? 'Save' : 'Add'}
          </Button>
          <Button size="l" onPress={onClose}>
            Cancel
          </Button>
        </>
      }
    >
      <Fields draft={draft} set={set} tried={tried} others={others} />
    </Dialog>
  )
}
