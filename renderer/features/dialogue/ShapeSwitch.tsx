/** Owns: choosing how a dialogue is shown: ladder, text or states. */
import { useServices, useView } from '#renderer/flows/services.ts'
import { Segmented } from '#renderer/ui/Segmented.tsx'

const options = [
  { value: 'ladder', label: 'Ladder' },
  { value: 'text', label: 'Text' },
  { value: 'states', label: 'States' },
] as const

export function ShapeSwitch() {
  const { stores } = useServices()
  const shape = useView((view) => view.shape)
  return (
    <Segmented
      label="Show the dialogue as"
      hideLabel
      value={shape}
      options={options}
      onChange={(next) => stores.view.getState().set({ shape: next })}
    />
  )
}
