/** Owns: the choice between SMTP and an HTTP API for the message of the form. */
import { sendWays, type SendWay } from '#renderer/model/compose.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'
import { useServices } from '#renderer/flows/services.ts'
import { useDraft } from './useDraft.ts'

const labels: Record<SendWay, string> = { smtp: 'SMTP', http: 'HTTP' }
const options = sendWays.map((value) => ({ value, label: labels[value] }))

export function WaySwitch() {
  const { stores } = useServices()
  const { draft, change } = useDraft()
  return (
    <Segmented<SendWay>
      label="Send by"
      hideLabel
      size="s"
      value={draft.way}
      options={options}
      onChange={(way) => {
        change({ way })
        // What was wrong stood at fields that are no longer there.
        stores.compose.setState({ problems: {} })
      }}
    />
  )
}
