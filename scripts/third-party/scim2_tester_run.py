"""Runs scim2-tester against SCIM_URL with SCIM_TOKEN, and prints its results as JSON."""

import json
import os

from httpx2 import Client
from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import check_server

client = SyncSCIMClient(
    Client(
        base_url=os.environ["SCIM_URL"],
        headers={"Authorization": "Bearer " + os.environ["SCIM_TOKEN"]},
        timeout=30,
    )
)

print(
    json.dumps(
        [
            {
                "test": " ".join(filter(None, [result.resource_type, result.title])),
                "status": result.status.name,
                "reason": result.reason or "",
            }
            for result in check_server(client)
        ]
    )
)
