/** Owns: the strip over the list that says which dialogue was kept to be compared, and lets it go. */
import { useField, useServices, useTranscripts } from '#renderer/flows/services.ts'
import { sessionName } from '#renderer/model/sessionList.ts'
import { IconButton } from '#renderer/ui/IconButton.tsx'
import { Key } from '#renderer/ui/Key.tsx'
import styles from './Diff.module.css'

export function KeptToCompare() {
  const { stores } = useServices()
  const kept = useField((all) => all.compare, (compared) => compared.kept) // prettier-ignore
  const summary = useTranscripts((transcripts) => transcripts.summaries[kept])
  if (kept === '') return null
  const { name, port } = summary ? sessionName(summary) : { name: kept, port: '' }
  return (
    <div className={styles.kept}>
      <span className={styles.keptWords}>
        Compare <b>{name + port}</b> with: choose one, then <Key>Shift Enter</Key>
      </span>
      <IconButton icon="close" size="s" label="Do not compare" onPress={() => stores.compare.getState().set({ kept: '' })} />
    </div>
  ) // prettier-ignore
}
