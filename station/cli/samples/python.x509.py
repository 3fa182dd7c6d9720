# SPDX-License-Identifier: Apache-2.0
# pip install azure-iot-device
from azure.iot.device import X509, IoTHubDeviceClient, ProvisioningDeviceClient

# leaf first, then every intermediate; the key never leaves the board where it was made there
LOGIN = X509(cert_file="@CERTIFICATE@", key_file="@KEY@")
provisioning = ProvisioningDeviceClient.create_from_x509_certificate(
    provisioning_host="@ENDPOINT@", registration_id="@ID@", id_scope="@SCOPE@", x509=LOGIN)
result = provisioning.register()
print(result.status, result.registration_state.assigned_hub)
client = IoTHubDeviceClient.create_from_x509_certificate(
    x509=LOGIN, hostname=result.registration_state.assigned_hub, device_id=result.registration_state.device_id)
client.connect()
