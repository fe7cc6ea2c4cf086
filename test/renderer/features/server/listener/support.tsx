/** Owns: a part of the listener's form over a draft that follows what is typed, as the form keeps it. */
import { useEffect, useState, type ReactNode } from 'react'
import type { PartProps } from '#renderer/features/server/listener/part.ts'
import { newListener, type DraftProblems, type ListenerDraft } from '#renderer/model/listenerDraft.ts'
import { renderRoom, roomServices } from '#test/support/page/room.tsx'

export function renderPart(
  part: (props: PartProps) => ReactNode,
  change: Partial<ListenerDraft> = {},
  problems: DraftProblems = {},
  services = roomServices(),
) {
  const first: ListenerDraft = { ...newListener(), port: '587', ...change }
  const drafts: ListenerDraft[] = [first]
  function Held() {
    const [draft, set] = useState(first)
    useEffect(() => void drafts.push(draft), [draft])
    return part({
      draft,
      problems,
      change: (next) => set((before) => ({ ...before, ...next })),
      drop: (field) =>
        set(({ ...left }) => {
          Reflect.deleteProperty(left, field)
          return left
        }),
    })
  }
  return { ...renderRoom(<Held />, services), draft: () => drafts.at(-1)! }
}
