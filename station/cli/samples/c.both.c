// SPDX-License-Identifier: Apache-2.0
@sas@/* azure-iot-sdk-c: prov_device_client, prov_mqtt_transport, iothub_client */
@x509@/* azure-iot-sdk-c with hsm_type_custom: hsm_client_x509 of the board gives certificate chain and key */
#include <azure_prov_client/prov_device_ll_client.h>
#include <azure_prov_client/prov_security_factory.h>
#include <azure_prov_client/prov_transport_mqtt_client.h>
#include <azure_c_shared_utility/threadapi.h>
#include <iothub.h>
#include <stdio.h>

@x509@/* In the board's custom HSM (custom_hsm_example.c of the SDK):
@x509@     hsm_get_certificate    the text of @CERTIFICATE@: leaf first, then every intermediate
@x509@     hsm_get_alias_key      the text of @KEY@
@x509@     hsm_get_common_name    "@ID@" */
static int done;
static void registered(PROV_DEVICE_RESULT result, const char* hub, const char* device, void* context) {
    (void)context;
    printf("%d %s %s\n", (int)result, hub ? hub : "", device ? device : "");
    done = 1; /* then: IoTHubDeviceClient_LL_CreateFromDeviceAuth(hub, device, MQTT_Protocol) */
}

int main(void) {
    IoTHub_Init();
@sas@    prov_dev_set_symmetric_key_info("@ID@", "@KEY@");
@sas@    prov_dev_security_init(SECURE_DEVICE_TYPE_SYMMETRIC_KEY);
@x509@    prov_dev_security_init(SECURE_DEVICE_TYPE_X509);
    PROV_DEVICE_LL_HANDLE client = Prov_Device_LL_Create("@ENDPOINT@", "@SCOPE@", Prov_Device_MQTT_Protocol);
    for (Prov_Device_LL_Register_Device(client, registered, NULL, NULL, NULL); !done; ThreadAPI_Sleep(10)) Prov_Device_LL_DoWork(client);
    Prov_Device_LL_Destroy(client);
    prov_dev_security_deinit();
    IoTHub_Deinit();
}
