import { useRouteError } from 'react-router';
import { ProblemAlert } from '../parts/problem-alert.tsx';

/** A page that cannot be shown: its data were refused, its code could not be loaded, or it has a fault. */
export function RouteFailure() {
  return <ProblemAlert error={useRouteError()} retry={() => location.reload()} />;
}
