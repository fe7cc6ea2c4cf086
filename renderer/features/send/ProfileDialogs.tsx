/** Owns: the questions about a profile: its name, and from which provider to start. */
import { giveName } from '#renderer/flows/profiles.ts'
import { useField, useServices } from '#renderer/flows/services.ts'
import {
  atProvider,
  isOpenHost,
  portsWords,
  providerStarts,
  type ProviderStart,
} from '#renderer/model/providerStart.ts'
import type { Naming } from '#renderer/stores/profiles.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { OutsideLink } from '#renderer/ui/OutsideLink.tsx'
import { TextField } from '#renderer/ui/TextField.tsx'
import styles from './Profiles.module.css'
import { useCompose, useDraft } from './useDraft.ts'

const titles: Record<Naming['act'], string> = {
  save: 'Save as a new profile',
  rename: 'Rename the profile',
  duplicate: 'Duplicate the profile',
}

/** What happens with what is secret: said before it is saved. */
function SecretWords({ act }: { act: Naming['act'] }) {
  const keeps = useField((all) => all.profiles, (state) => state.keeps) // prettier-ignore
  const typed = useCompose(
    ({ password, secrets }) => password !== '' || secrets.clientKey !== '' || secrets.dkimKey !== '',
  )
  if (act === 'rename') return null
  const where = keeps === 'keychain' ? 'in your keychain' : 'in memory until the app closes'
  const words = typed || act === 'duplicate' ? `Its password and keys are kept ${where}, never in the profile itself.` : 'It has no password: none was typed.' // prettier-ignore
  return <p className={styles.words}>{words} Attached files are not kept.</p>
}

function NameDialog() {
  const services = useServices()
  const naming = useField((all) => all.profiles, (state) => state.naming) // prettier-ignore
  const { set } = services.stores.profiles.getState()
  const close = () => set({ naming: null })
  return (
    <Dialog
      open={naming !== null}
      title={naming ? titles[naming.act] : ''}
      onClose={close}
      actions={
        <>
          <Button tone="primary" onPress={() => void giveName(services)}>
            {naming?.act === 'rename' ? 'Rename' : 'Save'}
          </Button>
          <Button onPress={close}>Cancel</Button>
        </>
      }
    >
      {naming && (
        <div className={styles.naming}>
          <TextField
            label="Name"
            // eslint-disable-next-line jsx-a11y/no-autofocus -- the one field that a person came for
            autoFocus
            value={naming.name}
            onChange={(name) => set({ naming: { ...naming, name, problem: '' } })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              void giveName(services)
            }}
            error={naming.problem === '' ? undefined : naming.problem}
          />
          <SecretWords act={naming.act} />
        </div>
      )}
    </Dialog>
  )
}

function ProviderRow({ start, onTake }: { start: ProviderStart; onTake: () => void }) {
  const { name, host, ports, remark, checked, source, sourceNote } = start
  return (
    <li className={styles.provider}>
      <div className={styles.about}>
        <b>{name}</b>
        <span className="mono">{isOpenHost(start) ? `REGION${host}` : host}</span>
        <span className={styles.words}>{portsWords(ports)}</span>
        {remark !== '' && <span className={styles.words}>{remark}</span>}
        <span className={styles.words}>
          Read on {checked} at <OutsideLink href={source}>{new URL(source).host}</OutsideLink>
          {sourceNote !== '' && `, ${sourceNote}`}
        </span>
      </div>
      <Button aria-label={`Start here: ${name}, ${host}`} onPress={onTake}>
        Start here
      </Button>
    </li>
  )
}

function ProviderDialog() {
  const { stores } = useServices()
  const open = useField((all) => all.profiles, (state) => state.starting) // prettier-ignore
  const { draft, change } = useDraft()
  const close = () => stores.profiles.getState().set({ starting: false })
  const take = (start: ProviderStart) => {
    change(atProvider(draft, start), 'host', 'port', 'tls')
    close()
  }
  return (
    <Dialog
      open={open}
      title="Start from a provider"
      wide
      onClose={close}
      actions={<Button onPress={close}>Close</Button>}
    >
      <p className={styles.words}>
        As they document it. They change their minds: each row says when its page was read, and a test of the
        ports counts for more.
      </p>
      <ul className={styles.providers}>
        {providerStarts().map((start) => (
          <ProviderRow key={start.host} start={start} onTake={() => take(start)} />
        ))}
      </ul>
    </Dialog>
  )
}

export function ProfileDialogs() {
  return (
    <>
      <NameDialog />
      <ProviderDialog />
    </>
  )
}
