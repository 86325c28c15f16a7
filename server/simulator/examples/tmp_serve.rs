use charla_simulator::*;
#[tokio::main]
async fn main() {
    let s = Simulator::start(SimulatorConfig {
        webhook_url: "http://127.0.0.1:9/x".into(),
        app_secret: "s".into(),
        verify_token: "v".into(),
        ..SimulatorConfig::default()
    })
    .await
    .unwrap();
    let l = tokio::net::TcpListener::bind("127.0.0.1:18999").await.unwrap();
    axum::serve(l, s.router()).await.unwrap();
}
