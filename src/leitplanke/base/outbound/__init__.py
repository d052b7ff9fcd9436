"""HTTP that leaves the house: one client, to destinations that were released, and to nothing else."""

from leitplanke.base.outbound.client import Client, Response, Timeouts
from leitplanke.base.outbound.destinations import Destination, destination
from leitplanke.base.outbound.errors import OutboundError

__all__ = ["Client", "Destination", "OutboundError", "Response", "Timeouts", "destination"]
