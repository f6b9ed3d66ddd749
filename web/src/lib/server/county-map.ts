import { geoMercator, geoPath } from 'd3-geo'
import type { FeatureCollection, Polygon } from 'geojson'
import type { AreaShape } from '#lib/map/area.ts'
import vastmanland from '#lib/map/vastmanland.geojson?raw'

type Properties = Readonly<{ code: string; name: string; label_lon: number; label_lat: number }>

const [width, height, margin] = [400, 420, 6]

/**
 * The ten municipalities of Västmanland as SVG outlines in a box of 400 × 420. Drawn once, on the server: the browser
 * gets the outlines and neither the geography nor the library.
 */
export const countyShapes: readonly AreaShape[] = draw(
  JSON.parse(vastmanland) as FeatureCollection<Polygon, Properties>,
)

function draw(county: FeatureCollection<Polygon, Properties>): AreaShape[] {
  const projection = geoMercator().fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    // RFC 7946 winds outlines the other way round than d3-geo, which would take each for the rest of the globe.
    { ...county, features: county.features.map(rewound) },
  )
  const path = geoPath(projection).digits(1)
  return county.features.map((feature) => {
    const { code, name, label_lon, label_lat } = feature.properties
    const [x, y] = projection([label_lon, label_lat]) ?? [0, 0]
    return { code, name, path: path(rewound(feature)) ?? '', x: Math.round(x), y: Math.round(y) }
  })
}

function rewound<Feature extends FeatureCollection<Polygon, Properties>['features'][number]>(
  feature: Feature,
): Feature {
  const { coordinates } = feature.geometry
  return { ...feature, geometry: { ...feature.geometry, coordinates: coordinates.map((ring) => ring.toReversed()) } }
}
