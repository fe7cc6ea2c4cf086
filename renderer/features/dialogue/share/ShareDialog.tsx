/** Owns: the dialog by which a dialogue leaves this computer: what is hidden, as what, how it looks, copy or save. */
import {
  chooseShare,
  closeShare,
  copyShared,
  redactionOf,
  saveShared,
  sizeOfShared,
} from '#renderer/flows/share.ts'
import { useServices, useSettings, useShare, useTranscripts } from '#renderer/flows/services.ts'
import { sizeShort } from '#renderer/model/measures.ts'
import { isCommand, knownFormat, replacedWords } from '#renderer/model/share.ts'
import { Button } from '#renderer/ui/Button.tsx'
import { Dialog } from '#renderer/ui/Dialog.tsx'
import { Icon } from '#renderer/ui/Icon.tsx'
import { Done } from './Done.tsx'
import { FormatChoice } from './FormatChoice.tsx'
import { HideChoices } from './HideChoices.tsx'
import { Preview } from './Preview.tsx'
import styles from './Share.module.css'

/** Over the preview: what was hidden, and how large it is. */
function Counts() {
  const shared = useShare((share) => share.shared)
  const choice = useSettings((settings) => settings.share)
  const words =
    shared === null ? '' : replacedWords(shared.replaced, redactionOf(choice, knownFormat(choice.format).id))
  return (
    <div className={styles.counts}>
      <h3 className={styles.legend}>What will leave</h3>
      <output>{words}</output>
      {shared !== null && <span className={styles.size}>{sizeShort(sizeOfShared(shared))}</span>}
    </div>
  )
}

/** What a reader does not get, and what redaction could not look into. */
function Notes({ session }: { session: string }) {
  const format = useSettings((settings) => knownFormat(settings.share.format))
  const notes = useShare((share) => share.shared?.notes)
  const live = useTranscripts((transcripts) => transcripts.summaries[session]?.state !== 'ended')
  const lines = [
    ...(notes ?? []),
    ...(live ? ['The dialogue still goes on. This is what it has so far.'] : []),
    ...(format.leavesOut === '' ? [] : [format.leavesOut]),
  ]
  return lines.map((line) => (
    <p key={line} className={styles.note}>
      <Icon name="info" size="xs" />
      {line}
    </p>
  ))
}

/** A command with stand-ins repeats nothing: that is said, and the way out is a button. */
function StandIns() {
  const services = useServices()
  const share = useSettings((settings) => settings.share)
  const replaced = useShare(({ shared }) => shared?.replaced)
  const count = (replaced?.names ?? 0) + (replaced?.addresses ?? 0)
  if (!isCommand(knownFormat(share.format)) || count === 0) return null
  return (
    <div className={styles.standIns}>
      <Icon name="warn" size="xs" />
      <span>The stand-ins reach nobody. To run this command, keep names and addresses in commands.</span>
      <Button onPress={() => chooseShare(services, { keepInCommands: true })}>Keep them</Button>
    </div>
  )
}

function Actions() {
  const services = useServices()
  const shared = useShare((share) => (share.state === 'ready' ? share.shared : null))
  return (
    <>
      <Done />
      <Button onPress={() => closeShare(services)}>Close</Button>
      <Button
        icon="copy"
        isDisabled={shared?.text === undefined}
        onPress={() => shared && void copyShared(services, shared)}
      >
        Copy
      </Button>
      <Button
        tone="primary"
        icon="export"
        isDisabled={shared === null}
        onPress={() => shared && saveShared(services, shared)}
      >
        Save
      </Button>
    </>
  )
}

export function ShareDialog() {
  const services = useServices()
  const session = useShare((share) => share.session)
  return (
    <Dialog
      open={session !== null}
      title="Share this dialogue"
      wide="very"
      onClose={() => closeShare(services)}
      actions={<Actions />}
    >
      <div className={styles.share}>
        <div className={styles.choices}>
          <HideChoices />
          <FormatChoice />
        </div>
        <div className={styles.result}>
          <Counts />
          <Preview />
          <StandIns />
          {session !== null && <Notes session={session} />}
        </div>
      </div>
    </Dialog>
  )
}
