import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Icon, type IconName } from '#renderer/ui/Icon.tsx'
import { shapes } from '#renderer/ui/shapes.tsx'

const isName = (name: string): name is IconName => name in shapes
test('every icon draws something and is silent', () => {
  for (const name of Object.keys(shapes).filter(isName)) {
    const { container, unmount } = render(<Icon name={name} />)
    const svg = container.querySelector('svg')!
    expect(svg.getAttribute('aria-hidden')).toBe('true')
    expect(svg.childElementCount, name).toBeGreaterThan(0)
    unmount()
  }
})
