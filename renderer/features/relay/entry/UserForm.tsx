/** Owns: the form of a user of the relay. A password is written and never shown again. */
import { useState } from 'react'
import type { RelayUser } from '#shared/relay/policy.ts'
import { Banner } from '#renderer/ui/Banner.tsx'
import { PasswordField } from '#renderer/ui/PasswordField.tsx'
import { Select } from '#renderer/ui/Select.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from '../Dialogs.module.css'
import { useRelay } from '../useRelay.ts'
import { EntryFrame, type EntryProps } from './EntryFrame.tsx'
import { MtaSelect } from './MtaSelect.tsx'

const methods: readonly { value: RelayUser['method']; label: string; description: string }[] = [
  { value: 'password', label: 'Password', description: 'Over TLS by every mechanism, proved by SCRAM where the client can.' },
  { value: 'certificate', label: 'Client certificate', description: 'By the name in the client’s certificate (EXTERNAL).' },
  { value: 'system', label: 'Account of this computer', description: 'Kept, but cannot be asked here.' },
] // prettier-ignore

const nobody: RelayUser = { name: '', method: 'password' }

function nameProblem(name: string, others: readonly RelayUser[]): string | undefined {
  const typed = name.trim()
  if (!/^[^\s<>]{1,256}$/u.test(typed)) return typed === '' ? 'The name is empty. Write shop.' : `“${typed.slice(0, 60)}” has a space or a bracket in it.` // prettier-ignore
  return others.some((other) => other.name === typed) ? `There is a user ${typed} already.` : undefined
}

export function UserForm(props: EntryProps) {
  const { policy, place } = props
  const [entry, setEntry] = useState(() => policy.users[place] ?? nobody)
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const before = policy.users[place]
  const missing = useRelay((relay) => relay.rules?.missing.includes(`user ${before?.name ?? ''}`))
  const wrong = nameProblem(entry.name, policy.users.filter((_one, at) => at !== place)) // prettier-ignore
  // It goes along to another name.
  const kept = before?.method === 'password' && missing !== true
  const needed = entry.method === 'password' && !kept && password === ''
  const name = entry.name.trim()
  return (
    <EntryFrame
      {...props}
      kind="users"
      onAttempt={() => setTried(true)}
      make={() => ({
        entry: { ...entry, name },
        ...(password === '' ? {} : { secrets: { [`user ${name}`]: password } }),
        ...(kept && name !== before.name ? { renamed: { from: before.name, to: name } } : {}),
        wrong: wrong !== undefined || needed,
      })}
    >
      {(refused) => (<>
      <TextField
        label="Name"
        mono
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the first field of a form that a person asked for
        autoFocus
        value={entry.name}
        onChange={(typed) => setEntry({ ...entry, name: typed })}
        error={(tried ? wrong : undefined) ?? refused['name']}
      />
      <Select
        label="Signs in by"
        value={entry.method}
        options={methods}
        onChange={(method) => setEntry({ ...entry, method })}
        hint={methods.find(({ value }) => value === entry.method)?.description ?? ''}
      />
      {entry.method === 'system' && (
        <Banner tone="warn">
          {name === '' ? 'This user' : name} cannot sign in: this program does not ask the computer for passwords of its accounts. The user is
          kept and written out again.
        </Banner>
      )}
      {entry.method === 'password' && (
        <PasswordField
          label={kept ? 'New password' : 'Password'}
          value={password}
          onChange={setPassword}
          hint={kept ? 'Empty keeps the saved one. It is not shown again.' : 'Kept in the keychain where there is one, else until the program ends. Not shown again.'}
          error={tried && needed ? 'The password is empty. Without one nobody can sign in by this name.' : undefined}
        />
      )}
      <div className={styles.pair}>
        <MtaSelect
          policy={policy}
          label="Mail goes by"
          none="no virtual MTA"
          value={entry.virtualMta ?? ''}
          onChange={(mta) => setEntry({ ...entry, virtualMta: mta === '' ? undefined : mta })}
        />
      </div>
      </>)}
    </EntryFrame>
  )
} // prettier-ignore
