/** Owns: signing with a test key: whose, its kind, making it, and the record that is to be published for it. */
import { makeDkimKey } from '#renderer/flows/dkim.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import type { Draft } from '#renderer/model/compose.ts'
import { currentOf } from '#renderer/stores/profiles.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Chip } from '#renderer/ui/Chip.tsx'
import { CopyButton } from '#renderer/ui/CopyButton.tsx'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { Switch } from '#renderer/ui/Switch.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import { SheetPart } from './FormSheet.tsx'
import styles from './FormSheet.module.css'
import { useCompose, useDraft, useProblem } from './useDraft.ts'

const kinds: readonly { value: Draft['dkimKind']; label: string }[] = [
  { value: 'rsa-2048', label: 'RSA 2048' },
  { value: 'rsa-1024', label: 'RSA 1024' },
  { value: 'ed25519', label: 'Ed25519' },
]

function KeyState() {
  const { stores } = useServices()
  const key = useCompose((compose) => compose.secrets.dkimKey !== '')
  const kept = useField((all) => all.profiles, (state) => currentOf(state)?.kept.includes('dkimKey') ?? false) // prettier-ignore
  if (key)
    return (
      <Chip
        icon="key"
        removeLabel="Forget the key"
        onRemove={() => stores.compose.getState().setSecrets({ dkimKey: '' })}
      >
        Key, until the app closes
      </Chip>
    )
  return kept ? <Chip icon="key">Key, with the profile</Chip> : <Chip tone="warn">No key yet</Chip>
}

function RecordToPublish() {
  const { draft } = useDraft()
  const record = draft.dkimRecord
  if (!record) return null
  return (
    <div className={styles.record}>
      <span className={styles.note}>
        Publish this TXT record, so that a receiver can check the signature:
      </span>
      <code className="mono">{record.name}</code>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <code className="mono" tabIndex={0}>
        {record.value}
      </code>
      <div className={styles.held}>
        <CopyButton text={record.name}>Copy the name</CopyButton>
        <CopyButton text={record.value}>Copy the value</CopyButton>
      </div>
    </div>
  )
}

function KeyFields() {
  const services = useServices()
  const { draft, change } = useDraft()
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label="Domain"
          mono
          placeholder="shop.example"
          value={draft.dkimDomain}
          onChange={(dkimDomain) => change({ dkimDomain, dkimRecord: null }, 'dkim')}
        />
        <TextField
          label="Selector"
          mono
          value={draft.dkimSelector}
          onChange={(dkimSelector) => change({ dkimSelector, dkimRecord: null }, 'dkim')}
        />
      </div>
      <Segmented<Draft['dkimKind']>
        label="Kind of key"
        stretch
        value={draft.dkimKind}
        options={kinds}
        onChange={(dkimKind) => change({ dkimKind })}
      />
      <div className={styles.held}>
        <Button icon="key" onPress={() => void makeDkimKey(services)}>
          Make a key
        </Button>
        <KeyState />
      </div>
      <RecordToPublish />
    </>
  )
}

export function DkimPart() {
  const { draft, change } = useDraft()
  const problem = useProblem('dkim')
  return (
    <SheetPart name="DKIM">
      <div data-field="dkim" className={styles.rows}>
        <Switch
          selected={draft.dkimOn}
          onChange={(dkimOn) => change({ dkimOn }, 'dkim')}
          hint="With a key made here. It leaves this computer in no way."
        >
          Sign the message
        </Switch>
        {draft.dkimOn && <KeyFields />}
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
    </SheetPart>
  )
}
