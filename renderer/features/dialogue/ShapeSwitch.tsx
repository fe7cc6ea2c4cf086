/** Owns: choosing how a dialogue is shown: ladder, text or states. */
import { useServices, useView } from '#renderer/flows/services.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'

const options = [
  { value: 'ladder', label: 'Ladder' },
  { value: 'text', label: 'Text' },
  { value: 'states', label: 'States' },
] as const

/** HTTP has one question and one answer: of states there is nothing to draw. */
export function ShapeSwitch({ http = false }: { http?: boolean }) {
  const { stores } = useServices()
  const chosen = useView((view) => view.shape)
  const shape = http && chosen === 'states' ? 'ladder' : chosen
  return (
    <Segmented
      label="Show the dialogue as"
      hideLabel
      value={shape}
      options={http ? options.filter(({ value }) => value !== 'states') : options}
      onChange={(next) => stores.view.getState().set({ shape: next })}
    />
  )
}
