/** Owns: the way from a replay to the diff with its recording. */
import type { SessionSummary } from '#shared/transcript/event.ts'
import { useTranscripts } from '#renderer/flows/services.ts'
import { routeHash } from '#renderer/model/routes.ts'
import styles from './Replay.module.css'

/** Nothing for what is no replay, goes on still, or whose recording is gone. */
export function RecordingLink({ summary }: { summary: SessionSummary | undefined }) {
  const recording = summary?.replayOf ?? ''
  const known = useTranscripts((transcripts) => transcripts.summaries[recording] !== undefined)
  if (summary === undefined || summary.state !== 'ended' || !known) return null
  return (
    <a className={styles.link} href={routeHash({ room: 'dialogue', id: recording, other: summary.id })}>
      Compare with the recording
    </a>
  )
}
